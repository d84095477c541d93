package io.github.prefork.master;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.prefork.process.ProcessSignals;

/**
 * The signals of the master that the JVM does not treat as the fleet needs it: a second
 * SIGINT ends the children at once, where the JVM alone would ignore it.
 */
final class MasterSignals {

	private static final int INTERRUPTED = 130;

	private MasterSignals() {
	}

	static void install(Runnable killAll) {
		AtomicBoolean interrupted = new AtomicBoolean();
		ProcessSignals.handle("INT", () -> {
			if (interrupted.compareAndSet(false, true)) {
				System.exit(INTERRUPTED);
			}
			killAll.run();
		});
	}

}
