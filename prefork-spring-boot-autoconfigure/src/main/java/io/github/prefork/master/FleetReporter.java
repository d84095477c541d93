package io.github.prefork.master;

import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import io.github.prefork.ChildFigures;
import io.github.prefork.Fleet;
import io.github.prefork.FleetReport;
import io.github.prefork.master.listener.FleetListeners;
import io.github.prefork.master.operation.OperationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what there is to tell about the fleet. Safe for use by several threads.
 *
 * @param settings the settings
 * @param operations the operations
 */
record FleetReporter(MasterSettings settings, OperationRegistry operations) {

	/**
	 * Report on a fleet that is not there.
	 * @return the report
	 */
	FleetReport none() {
		return report(Fleet.EMPTY, (pid) -> null, -1, List.of());
	}

	/**
	 * Report on a fleet.
	 * @param fleet its children
	 * @param figures gives those of a child by its pid
	 * @param port the port, -1 if it is not open
	 * @param listeners the listeners
	 * @return the report
	 */
	FleetReport report(Fleet fleet, LongFunction<@Nullable ChildFigures> figures, int port, FleetListeners listeners) {
		return report(fleet, figures, port,
				IntStream.range(0, listeners.count()).mapToObj(listeners::queueLength).toList());
	}

	private FleetReport report(Fleet fleet, LongFunction<@Nullable ChildFigures> figures, int port,
			List<Integer> queues) {
		long now = System.nanoTime();
		return new FleetReport(fleet.generation(), fleet.desired(), this.settings.supervisor().minReady(),
				this.settings.supervisor().maxChildren(), fleet.recoveryExceeded(),
				fleet.children()
					.stream()
					.map((member) -> child(member, figures.apply(member.identity().pid()), now))
					.toList(),
				new FleetReport.Listeners(this.settings.mode().toString(), port, queues), this.operations.reports());
	}

	private static FleetReport.Child child(Fleet.Member member, @Nullable ChildFigures figures, long now) {
		return new FleetReport.Child(member.identity(), member.state(), member.stalled(),
				Duration.ofNanos(now - member.launchedNanos()), member.build(), figures, member.leader());
	}

}
