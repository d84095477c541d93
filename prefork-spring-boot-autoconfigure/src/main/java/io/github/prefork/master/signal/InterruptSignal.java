package io.github.prefork.master.signal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.github.prefork.process.ProcessSignals;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT to the master: a second one ends the children at once, where the JVM alone would
 * ignore it.
 */
final class InterruptSignal {

	private static final int INTERRUPTED = 130;

	private final String name;

	private final BooleanSupplier stopping;

	private final Runnable first;

	private final Runnable second;

	private final AtomicBoolean interrupted = new AtomicBoolean();

	private @Nullable Runnable restore;

	InterruptSignal(String name, BooleanSupplier stopping, Runnable first, Runnable second) {
		this.name = name;
		this.stopping = stopping;
		this.first = first;
		this.second = second;
	}

	/**
	 * Return the treatment of SIGINT: the first ends the JVM, as it would alone.
	 * @param killAll kills the children
	 * @param stopping whether the fleet stops already, so that the first one is the
	 * second request to do so
	 * @return the treatment, not in force yet
	 */
	static InterruptSignal of(Runnable killAll, BooleanSupplier stopping) {
		return new InterruptSignal("INT", stopping, () -> System.exit(INTERRUPTED), killAll);
	}

	synchronized void install() {
		this.restore = ProcessSignals.borrow(this.name, this::handle);
	}

	private void handle() {
		if (this.interrupted.compareAndSet(false, true) && !this.stopping.getAsBoolean()) {
			this.first.run();
		}
		else {
			this.second.run();
		}
	}

	synchronized void restore() {
		if (this.restore != null) {
			this.restore.run();
			this.restore = null;
		}
	}

}
