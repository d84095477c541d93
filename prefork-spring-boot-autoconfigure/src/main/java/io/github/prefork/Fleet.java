package io.github.prefork;

import java.util.List;
import java.util.Map;

/**
 * The fleet at one moment, immutable.
 *
 * @param desired the number of children that there should be
 * @param children the live children by slot
 * @param spawns the number of launches so far
 * @param recoveries the number of lost children that were replaced by a ready one so far
 * @param exits the number of ended children so far by reason; absent means none
 * @param recoveryExceeded whether there were too many exits, so that lost children are
 * not replaced any more
 * @param generation the number of rollouts that were begun
 * @param rollouts the number of rollouts that somebody had asked for and that have ended
 * so far by outcome; absent means none
 * @param recycles the same of those that began because a child had reached a limit
 * @param requests the number of requests that had come to the ended children of a slot,
 * as far as their last heartbeats told, by slot; absent means none
 */
public record Fleet(int desired, List<Member> children, long spawns, long recoveries, Map<ExitReason, Long> exits,
		boolean recoveryExceeded, int generation, Map<OperationResult.Outcome, Long> rollouts,
		Map<OperationResult.Outcome, Long> recycles, Map<Integer, Long> requests) {

	/**
	 * The fleet before anything was launched, and of every process that is no master.
	 */
	public static final Fleet EMPTY = new Fleet(0, List.of(), 0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of());

	public Fleet {
		children = List.copyOf(children);
		exits = Map.copyOf(exits);
		rollouts = Map.copyOf(rollouts);
		recycles = Map.copyOf(recycles);
		requests = Map.copyOf(requests);
	}

	/**
	 * Count the children in a state.
	 * @param state the state
	 * @return the number of children in it
	 */
	public long count(ChildState state) {
		return this.children.stream().filter((member) -> member.state() == state).count();
	}

	/**
	 * A live child.
	 *
	 * @param identity slot, generation and pid
	 * @param state where it is in its life
	 * @param launchedNanos the reading of {@link System#nanoTime()} at its launch
	 * @param stalled whether it has not been heard of for the stall-timeout
	 * @param build what it runs
	 * @param leader whether it was told that it leads
	 */
	public record Member(ChildIdentity identity, ChildState state, long launchedNanos, boolean stalled, Build build,
			boolean leader) {

	}

}
