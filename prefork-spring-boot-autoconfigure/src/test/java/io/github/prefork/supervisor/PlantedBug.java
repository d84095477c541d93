package io.github.prefork.supervisor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.prefork.supervisor.AcceptTable.Acceptor;
import io.github.prefork.supervisor.Rules.Accepting;
import io.github.prefork.supervisor.Rules.Patience;
import io.github.prefork.supervisor.Rules.Threshold;

/**
 * A wrong rule, and the invariant that has to notice it.
 */
enum PlantedBug {

	LISTENER_WITHOUT_OWNER("listeners with a ready child", accepting((acceptors, listeners, owned, assisted) -> {
		Map<Long, Set<Integer>> table = AcceptTable.assign(acceptors, listeners, owned, assisted);
		acceptors.stream()
			.filter((acceptor) -> owned && acceptor.ready())
			.forEach((acceptor) -> table.get(acceptor.launch()).retainAll(Set.of(acceptor.slot())));
		return table;
	})),

	OWN_LISTENER_LEFT_TO_HELPERS("a ready child's own listener is among its listeners",
			accepting((acceptors, listeners, owned, assisted) -> {
				Map<Long, Set<Integer>> table = AcceptTable.assign(acceptors, listeners, owned, assisted);
				acceptors.stream()
					.filter((acceptor) -> owned && acceptor.ready() && !acceptor.responsive())
					.forEach((acceptor) -> table.get(acceptor.launch()).clear());
				return table;
			})),

	STALLED_OWNER_LEFT_ALONE("listeners with a responsive child",
			accepting((acceptors, listeners, owned, assisted) -> AcceptTable
				.assign(changed(acceptors, PlantedBug::alwaysResponsive), listeners, owned, assisted))),

	BLOCKED_OWNER_LEFT_ALONE("listeners with a responsive child",
			accepting((acceptors, listeners, owned, assisted) -> AcceptTable
				.assign(changed(acceptors, PlantedBug::neverBlocked), listeners, owned, assisted))),

	QUEUE_IGNORED("Nobody assists",
			accepting((acceptors, listeners, owned, assisted) -> AcceptTable.assign(acceptors, listeners, owned,
					(listener) -> false))),

	HELPERS_NEVER_LET_OFF("each child accepts on its own",
			accepting((acceptors, listeners, owned, assisted) -> AcceptTable.assign(acceptors, listeners, owned,
					(listener) -> true))),

	LEAVING_CHILD_CUT_OFF("somebody who has confirmed",
			accepting((acceptors, listeners, owned, assisted) -> AcceptTable
				.assign(acceptors.stream().filter(Acceptor::ready).toList(), listeners, owned, assisted))),

	THRESHOLD_ONE_TOO_MANY("the fleet stops for class io.github.prefork.RecoveryExceededException",
			threshold((exits, threshold) -> exits > threshold + 1)),

	THRESHOLD_ONE_TOO_FEW("threshold exceeded when it is said so", threshold((exits, threshold) -> exits >= threshold)),

	STOP_WAITS_FOR_EVER("the stop ends in time", patience((now, gracePeriod) -> Deadlines.NEVER)),

	STOP_WAITS_FOR_NOBODY("time from the stop to a kill",
			patience((now, gracePeriod) -> Deadlines.in(now, gracePeriod.dividedBy(2))));

	final String caughtBy;

	final Rules rules;

	PlantedBug(String caughtBy, Rules rules) {
		this.caughtBy = caughtBy;
		this.rules = rules;
	}

	private static Rules accepting(Accepting accepting) {
		return new Rules(accepting, Rules.STANDARD.threshold(), Rules.STANDARD.patience());
	}

	private static Rules threshold(Threshold threshold) {
		return new Rules(Rules.STANDARD.accepting(), threshold, Rules.STANDARD.patience());
	}

	private static Rules patience(Patience patience) {
		return new Rules(Rules.STANDARD.accepting(), Rules.STANDARD.threshold(), patience);
	}

	private static List<Acceptor> changed(List<Acceptor> acceptors, UnaryOperator<Acceptor> change) {
		return acceptors.stream().map(change).toList();
	}

	private static Acceptor alwaysResponsive(Acceptor acceptor) {
		return new Acceptor(acceptor.launch(), acceptor.slot(), acceptor.ready(), true, true, acceptor.held(),
				acceptor.blocked(), acceptor.confirmed());
	}

	private static Acceptor neverBlocked(Acceptor acceptor) {
		return new Acceptor(acceptor.launch(), acceptor.slot(), acceptor.ready(), acceptor.responsive(),
				acceptor.settled(), acceptor.held(), Set.of(), acceptor.confirmed());
	}

}
