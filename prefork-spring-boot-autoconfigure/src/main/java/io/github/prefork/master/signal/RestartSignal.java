package io.github.prefork.master.signal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

import io.github.prefork.process.ProcessSignals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * SIGHUP to the master: a rolling restart. When the terminal that the master was started
 * in has gone, the system sends it too, and then it means the end, as for any process.
 */
final class RestartSignal {

	private static final Log logger = LogFactory.getLog(RestartSignal.class);

	private static final int HANGUP_STATUS = 129;

	private final BooleanSupplier terminal;

	private final Runnable restart;

	private final Runnable stop;

	private final boolean hadTerminal;

	private @Nullable Runnable restore;

	/**
	 * Create the treatment, not in force yet.
	 * @param terminal whether this process has a terminal now
	 * @param restart begins a rolling restart
	 * @param stop stops the application
	 */
	RestartSignal(BooleanSupplier terminal, Runnable restart, Runnable stop) {
		this.terminal = terminal;
		this.restart = restart;
		this.stop = stop;
		this.hadTerminal = terminal.getAsBoolean();
	}

	static RestartSignal of(Runnable restart) {
		return new RestartSignal(RestartSignal::hasTerminal, restart, () -> System.exit(HANGUP_STATUS));
	}

	private static boolean hasTerminal() {
		try {
			Files.newInputStream(Path.of("/dev/tty")).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	synchronized void install() {
		this.restore = ProcessSignals.borrow("HUP", this::handle);
		if (this.restore == null) {
			logger.warn("This JVM does not give SIGHUP away; a rolling restart is begun by POST "
					+ "/actuator/prefork/restart or Prefork.restart()");
		}
	}

	void handle() {
		if (this.hadTerminal && !this.terminal.getAsBoolean()) {
			logger.info("SIGHUP: the terminal has gone, the fleet stops");
			this.stop.run();
		}
		else {
			logger.info("SIGHUP: the children are replaced, one after the other");
			this.restart.run();
		}
	}

	synchronized void restore() {
		if (this.restore != null) {
			this.restore.run();
			this.restore = null;
		}
	}

}
