package io.github.prefork.master;

import io.github.prefork.ChildCommand;
import io.github.prefork.ChildLauncher;
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
	 * @throws ChildStartException if the launcher fails or there is no process
	 */
	ChildProcess start(ChildCommand command) {
		Process process = launch(command);
		if (process == null) {
			throw failure(command, "returned null instead of a process", null);
		}
		return new ChildProcess(command, pid(command, process), process);
	}

	private @Nullable Process launch(ChildCommand command) {
		try {
			return this.launcher.launch(command);
		}
		catch (Exception | LinkageError ex) {
			throw failure(command, "failed: " + ex.getMessage(), ex);
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
			throw failure(command, "returned a process that was not started", ex);
		}
		throw failure(command, "returned a process that was not started", null);
	}

	private boolean hasExitValue(Process process) {
		process.exitValue();
		return true;
	}

	ChildStartException failure(ChildCommand command, String what, @Nullable Throwable cause) {
		return new ChildStartException(command.slot(), null, "Unable to launch the child in slot " + command.slot()
				+ ": the ChildLauncher " + this.launcher.getClass().getName() + " " + what, cause);
	}

}
