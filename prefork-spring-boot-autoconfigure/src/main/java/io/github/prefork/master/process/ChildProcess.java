package io.github.prefork.master.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.prefork.ChildCommand;
import io.github.prefork.supervisor.ProcessLook;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * The process of one launch. If a launcher of the user's puts a wrapper in front, it is
 * the wrapper's process.
 *
 * @param command what was launched
 * @param pid the process id
 * @param process the process
 * @param launched when it was launched
 */
public record ChildProcess(ChildCommand command, long pid, Process process, Instant launched) {

	private static final Log logger = LogFactory.getLog(ChildProcess.class);

	private static final Path PROC = Path.of("/proc");

	/** What is reported if a process of the user's can't tell its exit status. */
	private static final int UNKNOWN_EXIT_VALUE = -1;

	void terminate() {
		logger.debug(LogMessage.format("Child %s gets SIGTERM", this));
		signal(this.process::destroy);
	}

	void kill() {
		logger.debug(LogMessage.format("Child %s gets SIGKILL", this));
		signal(this.process::destroyForcibly);
	}

	private void signal(Runnable signal) {
		try {
			signal.run();
		}
		catch (RuntimeException ex) {
			logger.warn(LogMessage.format("Child %s can't be given a signal", this), ex);
		}
	}

	ProcessLook look() {
		return ProcessStatus.look(this.pid, PROC);
	}

	boolean awaitExit(long nanos) throws InterruptedException {
		return this.process.waitFor(nanos, TimeUnit.NANOSECONDS);
	}

	int exitValue() {
		try {
			return this.process.exitValue();
		}
		catch (RuntimeException ex) {
			logger.warn(LogMessage.format("Child %s has gone without an exit status", this), ex);
			return UNKNOWN_EXIT_VALUE;
		}
	}

	@Override
	public String toString() {
		return "in slot " + this.command.slot() + " with pid " + this.pid;
	}

}
