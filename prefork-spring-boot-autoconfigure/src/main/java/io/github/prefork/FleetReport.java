package io.github.prefork;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the master tells about the fleet, whoever asks it. Immutable.
 *
 * @param generation the number of rollouts that were begun
 * @param desired the number of children that there should be
 * @param minReady the number of ready children below which readiness refuses traffic
 * @param maxChildren the largest number of children that can be asked for
 * @param recoveryExceeded whether there were too many exits, so that lost children are
 * not replaced any more
 * @param children the live children by slot
 * @param listeners the listeners
 * @param operations the operations that are running, and the last ones that have ended,
 * the newest first
 */
public record FleetReport(int generation, int desired, int minReady, int maxChildren, boolean recoveryExceeded,
		List<Child> children, Listeners listeners, List<OperationReport> operations) {

	/**
	 * There is no fleet.
	 */
	public static final FleetReport EMPTY = new FleetReport(0, 0, 0, 0, false, List.of(),
			new Listeners("none", -1, List.of()), List.of());

	public FleetReport {
		children = List.copyOf(children);
		operations = List.copyOf(operations);
	}

	/**
	 * A live child.
	 *
	 * @param identity slot, generation and pid
	 * @param state where it is in its life
	 * @param stalled whether it has not been heard of for the stall-timeout
	 * @param uptime the time since its launch
	 * @param build which build of the application it runs
	 * @param figures what is counted and measured of it, {@code null} before its first
	 * heartbeat
	 * @param leader whether it was told that it leads
	 */
	public record Child(ChildIdentity identity, ChildState state, boolean stalled, Duration uptime, Build build,
			@Nullable ChildFigures figures, boolean leader) {

	}

	/**
	 * The listeners.
	 *
	 * @param mode the value of {@code prefork.listener} that is in force, {@code none}
	 * without a fleet
	 * @param port the port that they share, -1 if they are not open
	 * @param queues the number of connections that wait to be accepted, by index of the
	 * listener; -1 if that can't be told; empty if each child has a socket of its own
	 */
	public record Listeners(String mode, int port, List<Integer> queues) {

		public Listeners {
			queues = List.copyOf(queues);
		}

	}

}
