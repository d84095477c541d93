package io.github.prefork.supervisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who accepts on which listener: a pure function of the states of children and listeners.
 */
final class AcceptTable {

	private AcceptTable() {
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
		Map<Long, Set<Integer>> table = new HashMap<>();
		acceptors.forEach((acceptor) -> table.put(acceptor.launch(), new TreeSet<>()));
		for (int i = 0; i < listeners; i++) {
			for (Acceptor acceptor : accepting(i, acceptors, owned, assisted.test(i))) {
				table.computeIfAbsent(acceptor.launch(), (launch) -> new TreeSet<>()).add(i);
			}
		}
		return table;
	}

	private static List<Acceptor> accepting(int listener, List<Acceptor> acceptors, boolean owned, boolean assisted) {
		List<Acceptor> owners = select(acceptors,
				(acceptor) -> owned && acceptor.slot() == listener && acceptor.ready() && acceptor.holds(listener));
		List<Acceptor> accepting = new ArrayList<>(owners);
		boolean alone = !assisted && owners.stream().anyMatch((owner) -> owner.servesAlone(listener));
		if (!alone) {
			accepting.addAll(helpers(listener, acceptors));
		}
		if (acceptors.stream().noneMatch((acceptor) -> acceptor.ready() && acceptor.confirmed().contains(listener))) {
			accepting.addAll(select(acceptors, (acceptor) -> !acceptor.ready() && acceptor.holds(listener)));
		}
		return accepting;
	}

	private static List<Acceptor> helpers(int listener, List<Acceptor> acceptors) {
		List<Acceptor> helpers = select(acceptors, (acceptor) -> acceptor.canHelp(listener));
		return (!helpers.isEmpty()) ? helpers
				: select(acceptors, (acceptor) -> acceptor.ready() && acceptor.holds(listener));
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
