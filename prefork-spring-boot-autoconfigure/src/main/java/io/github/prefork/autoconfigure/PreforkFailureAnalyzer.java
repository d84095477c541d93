package io.github.prefork.autoconfigure;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.Objects;

import io.github.prefork.ChildLauncherException;
import io.github.prefork.ChildLauncherException.Problem;
import io.github.prefork.ChildStartException;
import io.github.prefork.HookFailedException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceededException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in words what has ended the fleet, and what to do about it. Comes before other
 * analyzers, which may know something in the chain of causes that is beside the point
 * here, but leaves a port in use to Spring Boot's.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PreforkFailureAnalyzer extends AbstractFailureAnalyzer<PreforkException> {

	private static final String OUTPUT = "A child writes to the same standard output and standard error as the master: "
			+ "look for its lines above, they have its pid. With 'logging.file.name' it also has a log file of its own, "
			+ "with its slot in the name.";

	private static final String BACKGROUND = " The exit code is 0: if a ChildLauncher bean puts a wrapper in front of "
			+ "the command, the wrapper must not leave it in the background; let it replace itself with 'exec'.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PreforkException cause) {
		boolean portInUse = !(cause instanceof HookFailedException)
				&& findCause(cause, PortInUseException.class) != null;
		return portInUse ? null : describe(cause);
	}

	static FailureAnalysis describe(PreforkException cause) {
		if (cause instanceof RecoveryExceededException exceeded) {
			return exceeded(exceeded);
		}
		if (cause instanceof ChildLauncherException launcher) {
			return new FailureAnalysis(sentence(launcher.getMessage()), remedy(launcher.getProblem()), launcher);
		}
		if (cause instanceof ChildStartException start) {
			return (start.getExitCode() != null) ? childStart(start) : launch(start);
		}
		if (cause instanceof HookFailedException hook) {
			return hook(hook);
		}
		String action = (cause.getAction() != null) ? cause.getAction() : "Follow the message above. With "
				+ "'prefork.enabled=false' the application runs in one process, without a fleet.";
		return new FailureAnalysis(sentence(cause.getMessage()), action, cause);
	}

	private static FailureAnalysis exceeded(RecoveryExceededException cause) {
		Duration window = cause.getWindow();
		String within = window.isZero() ? "since the start of the master" : "within " + Durations.text(window);
		String survivors = cause.isSurvivorsKept()
				? " Those that were left went on serving, and were not replaced; the last of them has ended now." : "";
		String description = "%d children ended unplanned %s, and 'prefork.recovery.threshold' allows %d.%s The last one: %s"
			.formatted(cause.getExits(), within, cause.getThreshold(), survivors, sentence(cause.getLastExit()));
		return new FailureAnalysis(description,
				"Find out why the children end. " + OUTPUT
						+ " If so many exits are to be expected, raise 'prefork.recovery.threshold' or shorten "
						+ "'prefork.recovery.window'.",
				cause);
	}

	private static FailureAnalysis childStart(ChildStartException cause) {
		String advice = (cause.getAction() != null) ? cause.getAction()
				: OUTPUT + " A child that is only slow needs a longer 'prefork.boot-timeout'.";
		return new FailureAnalysis(sentence(cause.getMessage()) + " The fleet was not started.",
				"Find out why the child in slot " + cause.getSlot() + " did not start. " + advice
						+ (Objects.equals(cause.getExitCode(), 0) ? BACKGROUND : ""),
				cause);
	}

	private static FailureAnalysis launch(ChildStartException cause) {
		return new FailureAnalysis(sentence(cause.getMessage()),
				"Find out why no process was started. The JVM and the application must still be where the master was "
						+ "started from, and the system must allow more processes and have memory for them.",
				cause);
	}

	private static String remedy(Problem problem) {
		return switch (problem) {
			case FAILED -> "Mend the ChildLauncher bean: what it runs must be there and allowed, and the system must "
					+ "have room for one more process. Without the bean, children are launched in the ordinary way.";
			case RETURNED_NULL ->
				"Let the ChildLauncher bean return the process that it has started. If it can't start "
						+ "one, it has to throw an exception that says why.";
			case NOT_STARTED -> "Let the ChildLauncher bean return a process that it has started, such as that of "
					+ "ProcessBuilder.start(), with its pid.";
			case RETURNED_BEFORE -> "Let the ChildLauncher bean start one process each time that it is called.";
			case NOT_WATCHABLE -> "Let the ChildLauncher bean return a process whose onExit() tells when it has ended, "
					+ "such as that of ProcessBuilder.start().";
		};
	}

	private static FailureAnalysis hook(HookFailedException cause) {
		Throwable failure = thrownBy(cause);
		StackTraceElement[] trace = failure.getStackTrace();
		String place = (trace.length > 0) ? ", thrown at " + trace[0] : "";
		String description = "A listener of %s failed with %s%s.".formatted(cause.getEvent(), failure, place);
		return new FailureAnalysis(description,
				"Mend the listener. An exception from a listener of ChildSpawned, "
						+ "MasterReady or ChildRecovered stops the fleet; let the listener catch what must not do so. "
						+ "With 'prefork.hooks.on-error=log' such exceptions are only logged.",
				cause);
	}

	private static Throwable thrownBy(HookFailedException cause) {
		Throwable failure = (cause.getCause() != null) ? cause.getCause() : cause;
		Throwable undeclared = (failure instanceof UndeclaredThrowableException) ? failure.getCause() : null;
		return (undeclared != null) ? undeclared : failure;
	}

	private static String sentence(@Nullable Object text) {
		String string = String.valueOf(text);
		return string.endsWith(".") ? string : string + ".";
	}

}
