package io.github.prefork.actuate;

import java.util.List;
import java.util.Locale;

import io.github.prefork.ChildState;
import io.github.prefork.FleetReport;
import io.github.prefork.PreforkRole;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint writes about the fleet.
 *
 * @param role the role of the process that answers
 * @param generation the number of rollouts that were begun
 * @param desired the number of children that there should be
 * @param ready the number of ready children
 * @param minReady the number of ready children below which readiness refuses traffic
 * @param maxChildren the largest number of children that can be asked for
 * @param recoveryExceeded whether lost children are not replaced any more
 * @param children the live children by slot
 * @param listeners the listeners
 * @param operations the operations, the newest first
 */
record FleetBody(String role, int generation, int desired, long ready, int minReady, int maxChildren,
		boolean recoveryExceeded, List<ChildBody> children, FleetReport.Listeners listeners,
		List<OperationBody> operations) implements OperationResponseBody {

	static FleetBody of(PreforkRole role, FleetReport report) {
		return new FleetBody(role.name(), report.generation(), report.desired(),
				report.children().stream().filter((child) -> child.state() == ChildState.READY).count(),
				report.minReady(), report.maxChildren(), report.recoveryExceeded(),
				report.children().stream().map(ChildBody::of).toList(), report.listeners(),
				report.operations().stream().map(OperationBody::of).toList());
	}

	/**
	 * A live child.
	 *
	 * @param slot its slot
	 * @param generation its generation
	 * @param pid its process id
	 * @param state where it is in its life
	 * @param leader whether it leads the fleet
	 * @param stalled whether it has not been heard of for the stall-timeout
	 * @param uptime the time since its launch, ISO 8601
	 * @param build which build of the application it runs, {@code null} if not known
	 * @param figures what is counted and measured of it, {@code null} before its first
	 * heartbeat
	 */
	record ChildBody(int slot, int generation, long pid, String state, boolean leader, boolean stalled, String uptime,
			@Nullable BuildBody build, @Nullable FiguresBody figures) {

		static ChildBody of(FleetReport.Child child) {
			return new ChildBody(child.identity().slot(), child.identity().generation(), child.identity().pid(),
					child.state().name().toLowerCase(Locale.ROOT), child.leader(), child.stalled(),
					OperationBody.iso(child.uptime()), BuildBody.of(child.build()), FiguresBody.of(child.figures()));
		}

	}

}
