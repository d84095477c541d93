package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The decisions that the promises of the fleet rest on, each a pure function. Replaceable
 * only so that tests can plant a wrong one and see it caught.
 *
 * @param accepting who accepts on which listener
 * @param threshold when there were too many unplanned exits
 * @param patience until when a stop waits for the children
 */
record Rules(Accepting accepting, Threshold threshold, Patience patience) {

	static final Rules STANDARD = new Rules(AcceptTable::assign, (exits, threshold) -> exits > threshold,
			Deadlines::in);

	/**
	 * Who accepts on which listener.
	 */
	@FunctionalInterface
	interface Accepting {

		Map<Long, Set<Integer>> assign(List<AcceptTable.Acceptor> acceptors, int listeners, boolean owned,
				Predicate<Integer> assisted);

	}

	/**
	 * When there were too many unplanned exits.
	 */
	@FunctionalInterface
	interface Threshold {

		boolean exceeded(int exits, int threshold);

	}

	/**
	 * Until when a stop waits for the children.
	 */
	@FunctionalInterface
	interface Patience {

		long until(long now, Duration gracePeriod);

	}

}
