package io.github.prefork.master;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.prefork.Build;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;

/**
 * What the lines of log about events say of builds: something only if it is news. For the
 * thread that publishes the events.
 */
final class BuildLog {

	private final Supplier<Fleet> fleet;

	private Build told = Build.UNKNOWN;

	private List<Build> beforeRollout = List.of();

	BuildLog(Supplier<Fleet> fleet) {
		this.fleet = fleet;
	}

	/**
	 * Say which build an event is about.
	 * @param event the event
	 * @return the end of its line of log, empty if there is nothing new to say
	 */
	String of(PreforkEvent event) {
		if (event instanceof ChildReady ready) {
			return ready(ready);
		}
		if (event instanceof RolloutStarted) {
			this.beforeRollout = builds();
		}
		else if (event instanceof RolloutFinished) {
			List<Build> now = builds();
			return (now.isEmpty() || now.equals(this.beforeRollout)) ? "" : "; they run " + list(now)
					+ (this.beforeRollout.isEmpty() ? "" : ", before it " + list(this.beforeRollout));
		}
		else if (event instanceof RolloutFailed) {
			List<Build> now = builds();
			return (now.size() < 2) ? "" : ". The children run " + list(now);
		}
		return "";
	}

	private String ready(ChildReady ready) {
		Build build = this.fleet.get()
			.children()
			.stream()
			.filter((member) -> member.identity().slot() == ready.slot() && member.identity().pid() == ready.pid())
			.map(Fleet.Member::build)
			.findFirst()
			.orElse(Build.UNKNOWN);
		if (build.equals(this.told) || build.toString().isEmpty()) {
			return "";
		}
		this.told = build;
		return " and runs " + build;
	}

	private List<Build> builds() {
		return this.fleet.get()
			.children()
			.stream()
			.filter((member) -> member.state() != ChildState.LEAVING && member.state() != ChildState.BOOTING)
			.map(Fleet.Member::build)
			.filter((build) -> !build.toString().isEmpty())
			.distinct()
			.toList();
	}

	private static String list(List<Build> builds) {
		return builds.stream().map(Build::toString).collect(Collectors.joining(" and "));
	}

}
