package io.github.prefork.supervisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who accepts on which listener: a pure function of the states of children and listeners.
 */
final class AcceptTable {

	private final List<Acceptor> ready;

	private final List<Acceptor> leaving;

	/**
	 * By slot, so that a listener whose owner serves it alone costs no look at the
	 * others.
	 */
	private final Map<Integer, List<Acceptor>> owners;

	private AcceptTable(List<Acceptor> acceptors, boolean owned) {
		this.ready = select(acceptors, Acceptor::ready);
		this.leaving = select(acceptors, (acceptor) -> !acceptor.ready());
		this.owners = owned ? this.ready.stream().collect(Collectors.groupingBy(Acceptor::slot)) : Map.of();
	}

	/**
	 * Compute the table.
	 * @param acceptors the connected children that are ready or leave
	 * @param listeners the number of listeners
	 * @param owned whether the ready child of slot i owns listener i
	 * @param assisted whether a listener needs help because its queue does not empty
	 * @return the listeners to accept on by launch; every acceptor has an entry
	 */
	static Map<Long, Set<Integer>> assign(List<Acceptor> acceptors, int listeners, boolean owned,
			Predicate<Integer> assisted) {
		AcceptTable computed = new AcceptTable(acceptors, owned);
		Map<Long, Set<Integer>> table = new HashMap<>();
		acceptors.forEach((acceptor) -> table.put(acceptor.launch(), new HashSet<>()));
		for (int i = 0; i < listeners; i++) {
			for (Acceptor acceptor : computed.accepting(i, assisted.test(i))) {
				table.computeIfAbsent(acceptor.launch(), (launch) -> new HashSet<>()).add(i);
			}
		}
		return table;
	}

	private List<Acceptor> accepting(int listener, boolean assisted) {
		List<Acceptor> owners = select(this.owners.getOrDefault(listener, List.of()),
				(acceptor) -> acceptor.holds(listener));
		List<Acceptor> accepting = new ArrayList<>(owners);
		boolean alone = !assisted && owners.stream().anyMatch((owner) -> owner.servesAlone(listener));
		if (!alone) {
			accepting.addAll(helpers(listener));
		}
		// Not by one that is about to stop there
		if (!this.leaving.isEmpty() && !confirmed(listener, accepting)) {
			accepting.addAll(select(this.leaving, (acceptor) -> acceptor.holds(listener)));
		}
		return accepting;
	}

	private static boolean confirmed(int listener, List<Acceptor> accepting) {
		return accepting.stream().anyMatch((acceptor) -> acceptor.confirmed().contains(listener));
	}

	private List<Acceptor> helpers(int listener) {
		List<Acceptor> helpers = select(this.ready, (acceptor) -> acceptor.canHelp(listener));
		return (!helpers.isEmpty()) ? helpers : select(this.ready, (acceptor) -> acceptor.holds(listener));
	}

	private static List<Acceptor> select(List<Acceptor> acceptors, Predicate<Acceptor> condition) {
		return acceptors.stream().filter(condition).toList();
	}

	/**
	 * A connected child that holds listeners.
	 *
	 * @param launch its launch
	 * @param slot its slot
	 * @param ready whether it is ready; one that is not leaves
	 * @param responsive whether it has been heard of within the stall-timeout
	 * @param settled whether it has been responsive for twice the stall-timeout
	 * @param held the listeners that it holds
	 * @param blocked the listeners on which accepting fails for it
	 * @param confirmed the listeners that it is known to accept on
	 */
	record Acceptor(long launch, int slot, boolean ready, boolean responsive, boolean settled, Set<Integer> held,
			Set<Integer> blocked, Set<Integer> confirmed) {

		private boolean holds(int listener) {
			return this.held.contains(listener);
		}

		private boolean canHelp(int listener) {
			return this.ready && this.responsive && holds(listener) && !this.blocked.contains(listener);
		}

		private boolean servesAlone(int listener) {
			return canHelp(listener) && this.settled && this.confirmed.contains(listener);
		}

	}

}
