package io.github.prefork.master.process;

import java.time.Instant;

import io.github.prefork.ChildCommand;
import io.github.prefork.ChildLauncher;
import io.github.prefork.ChildLauncherException;
import io.github.prefork.ChildLauncherException.Problem;
import io.github.prefork.ChildStartException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a launcher, which may be the user's, and makes sure that it did start a process.
 */
final class ChildStarter {

	private final ChildLauncher launcher;

	ChildStarter(ChildLauncher launcher) {
		this.launcher = launcher;
	}

	/**
	 * Start a child.
	 * @param command what to launch
	 * @return its process
	 * @throws ChildStartException if the launcher fails or there is no process; a
	 * {@link ChildLauncherException} if the launcher is the user's
	 */
	ChildProcess start(ChildCommand command) {
		Instant launched = Instant.now();
		Process process = launch(command);
		if (process == null) {
			throw failure(command, Problem.RETURNED_NULL, null);
		}
		return new ChildProcess(command, pid(command, process), process, launched);
	}

	private @Nullable Process launch(ChildCommand command) {
		try {
			return this.launcher.launch(command);
		}
		catch (Exception | LinkageError ex) {
			throw failure(command, Problem.FAILED, ex);
		}
	}

	private long pid(ChildCommand command, Process process) {
		try {
			long pid = process.pid();
			if (pid > 0 && (process.isAlive() || hasExitValue(process))) {
				return pid;
			}
		}
		catch (RuntimeException ex) {
			throw failure(command, Problem.NOT_STARTED, ex);
		}
		throw failure(command, Problem.NOT_STARTED, null);
	}

	private boolean hasExitValue(Process process) {
		process.exitValue();
		return true;
	}

	ChildStartException failure(ChildCommand command, Problem problem, @Nullable Throwable cause) {
		String message = "Unable to launch the child in slot " + command.slot() + ": ";
		if (this.launcher instanceof DefaultChildLauncher) {
			return new ChildStartException(command.slot(), null, message + reason(cause), cause);
		}
		return new ChildLauncherException(command.slot(), problem,
				message + "the ChildLauncher " + this.launcher.getClass().getName() + " " + what(problem, cause),
				cause);
	}

	private static String what(Problem problem, @Nullable Throwable cause) {
		return switch (problem) {
			case FAILED -> "failed: " + reason(cause);
			case RETURNED_NULL -> "returned null instead of a process";
			case NOT_STARTED -> "returned a process that was not started";
			case RETURNED_BEFORE -> "returned a process that it had returned before";
			case NOT_WATCHABLE -> "returned a process whose end can't be waited for";
		};
	}

	private static @Nullable String reason(@Nullable Throwable cause) {
		return (cause != null && cause.getMessage() != null) ? cause.getMessage() : String.valueOf(cause);
	}

}
