package io.github.prefork.master;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildResumed;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStalled;
import io.github.prefork.FleetReady;
import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import io.github.prefork.ScaleResult;
import io.github.prefork.Scaled;
import io.github.prefork.process.SignalNames;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One line of log for each event of the fleet.
 */
final class EventLog {

	private static final Log logger = LogFactory.getLog("io.github.prefork.fleet");

	private EventLog() {
	}

	static void refused(OperationResult result) {
		if (result.outcome() == OperationResult.Outcome.REFUSED) {
			logger.warn(((result instanceof ScaleResult) ? "The number of children stays: " : "No rolling restart: ")
					+ result.reason());
		}
	}

	static void say(String line) {
		logger.warn(line);
	}

	static void note(String line) {
		logger.info(line);
	}

	/**
	 * Log an event.
	 * @param event the event
	 * @param build what {@link BuildLog} says to it
	 * @param advice what {@link MemoryAdvice} says to it
	 */
	static void log(PreforkEvent event, String build, String advice) {
		if (event instanceof ChildExited exited && !exited.planned()) {
			logger.warn("%s (pid %d) has ended: %s, %s, after %s%s%s".formatted(child(exited.slot()), exited.pid(),
					exited.reason(), status(exited), seconds(exited.uptime()),
					(exited.crashReport() != null) ? "; see " + exited.crashReport() : "", advice));
		}
		else if (event instanceof ChildStalled stalled) {
			logger.warn("%s (pid %d) is stalled for %s: %s; its siblings help".formatted(child(stalled.slot()),
					stalled.pid(), seconds(stalled.duration()), stalled.reason()));
		}
		else if (event instanceof RecoveryExceeded exceeded) {
			logger.error("%d unplanned %s the threshold of %d; %s".formatted(exceeded.exits(),
					(exceeded.exits() != 1) ? "exits exceed" : "exit exceeds", exceeded.threshold(),
					(exceeded.survivorsKept())
							? "children that are left go on serving, lost ones are not replaced any more"
							: "the fleet stops"));
		}
		else if (event instanceof RolloutFailed rollout) {
			logger.error("Rollout to generation %d has failed at slot %d after %s, with %d slots replaced: %s%s"
				.formatted(rollout.generation(), rollout.slot(), seconds(rollout.duration()), rollout.replaced(),
						rollout.reason(), build));
		}
		else {
			info(event, build);
		}
	}

	private static void info(PreforkEvent event, String build) {
		if (event instanceof ChildSpawned spawned) {
			logger.info("%s (pid %d) launched".formatted(child(spawned.slot()), spawned.pid()));
		}
		else if (event instanceof ChildReady ready) {
			logger.info("Child in slot %d (pid %d) is ready after %s%s".formatted(ready.slot(), ready.pid(),
					seconds(ready.bootTime()), build));
		}
		else if (event instanceof ChildRecovered recovered) {
			logger.info("Child in slot %d (pid %d) replaces the one with pid %d".formatted(recovered.slot(),
					recovered.newPid(), recovered.oldPid()));
		}
		else if (event instanceof ChildExited exited) {
			logger.info("%s (pid %d) has ended as planned, %s, after %s".formatted(child(exited.slot()), exited.pid(),
					status(exited), seconds(exited.uptime())));
		}
		else if (event instanceof ChildResumed resumed) {
			logger.info("%s (pid %d) is back after %s (%s)%s".formatted(child(resumed.slot()), resumed.pid(),
					seconds(resumed.stalled()), resumed.reason(), used(resumed.cpuTime())));
		}
		else if (event instanceof RolloutStarted rollout) {
			logger.info(begin(rollout));
		}
		else if (event instanceof RolloutFinished rollout) {
			logger.info("Rollout to generation %d is complete after %s, with %d %s replaced%s".formatted(
					rollout.generation(), seconds(rollout.duration()), rollout.replaced(),
					(rollout.replaced() != 1) ? "slots" : "slot", build));
		}
		else if (event instanceof Scaled scaled) {
			logger.info("The number of children is %d now instead of %d, after %s".formatted(scaled.children(),
					scaled.before(), seconds(scaled.duration())));
		}
		else if (event instanceof FleetReady fleet) {
			logger.info("All %d children are ready".formatted(fleet.children().size()));
		}
	}

	private static String begin(RolloutStarted rollout) {
		return switch (rollout.cause()) {
			case RESTART -> "Rollout to generation %d begins".formatted(rollout.generation());
			case RECYCLE ->
				"Rollout to generation %d begins, of slot %d".formatted(rollout.generation(), rollout.slot());
			case LIMIT -> "Child in slot %d is recycled by a rollout to generation %d: %s".formatted(rollout.slot(),
					rollout.generation(), rollout.reason());
		};
	}

	/**
	 * Listeners have not returned yet.
	 * @param what what they listen to
	 * @param waited how long the supervisor has waited for them
	 * @param frames where its thread is
	 */
	static void holdUp(String what, Duration waited, String frames) {
		logger.warn(
				"The supervisor has waited %s for the listeners of %s; until they return no child is replaced. They are at%s"
					.formatted(seconds(waited), what, frames));
	}

	/**
	 * Listeners that held up the supervisor have returned.
	 * @param what what they listen to
	 * @param took how long the supervisor has waited for them
	 */
	static void heldUp(String what, Duration took) {
		logger.warn("Listeners of %s took %s; the supervisor waits for them".formatted(what, seconds(took)));
	}

	private static String child(int slot) {
		return (slot >= 0) ? "Child in slot " + slot : "Standby";
	}

	private static String used(@Nullable Duration cpuTime) {
		return (cpuTime != null) ? ", with " + seconds(cpuTime) + " of processor time used meanwhile" : "";
	}

	private static String status(ChildExited exited) {
		String code = "exit code " + exited.exitCode();
		OptionalInt signal = exited.signal();
		return signal.isPresent() ? code + " (" + SignalNames.describe(signal.getAsInt()) + ")" : code;
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

}
