package io.github.prefork.supervisor;

import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.prefork.supervisor.AcceptTable.Acceptor;

/**
 * Counts what a supervisor does: each visit to a slot, a live child, an acceptor or a
 * listener, each look at what an acceptor holds or has confirmed, and each call of a
 * port.
 */
final class Steps {

	long count;

	long messages;

	void port() {
		this.count++;
	}

	void message() {
		this.count++;
		this.messages++;
	}

	Rules rules() {
		return new Rules(this::assign, Rules.STANDARD.threshold(), Rules.STANDARD.patience());
	}

	private Map<Long, Set<Integer>> assign(List<Acceptor> acceptors, int listeners, boolean owned,
			Predicate<Integer> assisted) {
		List<Acceptor> counted = new CountedList<>();
		acceptors.forEach((acceptor) -> counted.add(counted(acceptor)));
		return AcceptTable.assign(counted, listeners, owned, (listener) -> {
			this.count++;
			return assisted.test(listener);
		});
	}

	private Acceptor counted(Acceptor acceptor) {
		return new Acceptor(acceptor.launch(), acceptor.slot(), acceptor.ready(), acceptor.responsive(),
				acceptor.settled(), new CountedSet(acceptor.held()), acceptor.blocked(),
				new CountedSet(acceptor.confirmed()));
	}

	Roster roster(SupervisorSettings settings, Ports ports) {
		return new Roster(settings, ports.random(), new CountedList<>(), new CountedMap());
	}

	private <E> Iterator<E> counted(Iterator<E> elements) {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return elements.hasNext();
			}

			@Override
			public E next() {
				Steps.this.count++;
				return elements.next();
			}

		};
	}

	private final class CountedList<E> extends AbstractList<E> {

		private final List<E> elements = new ArrayList<>();

		@Override
		public E get(int index) {
			Steps.this.count++;
			return this.elements.get(index);
		}

		@Override
		public Iterator<E> iterator() {
			return counted(this.elements.iterator());
		}

		@Override
		public void add(int index, E element) {
			this.elements.add(index, element);
		}

		@Override
		public int size() {
			return this.elements.size();
		}

	}

	private final class CountedSet extends AbstractSet<Integer> {

		private final Set<Integer> elements;

		CountedSet(Set<Integer> elements) {
			this.elements = elements;
		}

		@Override
		public boolean contains(Object element) {
			Steps.this.count++;
			return this.elements.contains(element);
		}

		@Override
		public Iterator<Integer> iterator() {
			return counted(this.elements.iterator());
		}

		@Override
		public int size() {
			return this.elements.size();
		}

	}

	private final class CountedMap extends LinkedHashMap<Long, Child> {

		private static final long serialVersionUID = 1;

		@Override
		public Child get(Object key) {
			Steps.this.count++;
			return super.get(key);
		}

		@Override
		public Collection<Child> values() {
			Collection<Child> all = super.values();
			return new AbstractCollection<>() {

				@Override
				public Iterator<Child> iterator() {
					return counted(all.iterator());
				}

				@Override
				public int size() {
					return all.size();
				}

			};
		}

	}

}
