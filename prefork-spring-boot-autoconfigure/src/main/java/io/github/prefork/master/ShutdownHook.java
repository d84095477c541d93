package io.github.prefork.master;

import java.util.concurrent.locks.LockSupport;

import io.github.prefork.PreforkException;

/**
 * The master's own shutdown hook of the JVM: stops the fleet and waits for it.
 */
final class ShutdownHook {

	private final Thread thread;

	private volatile boolean running;

	ShutdownHook(Runnable stop) {
		this.thread = new Thread(() -> {
			this.running = true;
			stop.run();
		}, "prefork-shutdown");
	}

	void register() {
		try {
			Runtime.getRuntime().addShutdownHook(this.thread);
		}
		catch (IllegalStateException ex) {
			throw new PreforkException("The JVM shuts down, no fleet is started", ex);
		}
	}

	void remove() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.thread);
		}
		catch (IllegalStateException ex) {
			// The JVM shuts down
			this.running = true;
		}
	}

	/**
	 * Do not return if the JVM shuts down: what the caller would report then is no
	 * failure. The caller may hold the lock of a context that Spring's hook wants to
	 * close; Spring gives up as soon as it sees that an interrupt does not help, so it
	 * must not be left pending, which would keep this thread from waiting.
	 */
	void parkIfRunning() {
		while (this.running) {
			LockSupport.park(this);
			Thread.interrupted();
		}
	}

}
