package io.github.prefork.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.util.concurrent.EventExecutor;

/**
 * Measures for how long the event loops of the server have not answered. Each has at most
 * one task of ours in its queue. Safe for use by several threads.
 */
final class LoopProbe {

	private final LongSupplier nanoTime;

	private volatile List<Probe> probes = List.of();

	/**
	 * Create a probe of no event loops.
	 * @param nanoTime the clock, in nanoseconds
	 */
	LoopProbe(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Set the event loops.
	 * @param loops the event loops
	 */
	void watch(Iterable<? extends Executor> loops) {
		List<Probe> probes = new ArrayList<>();
		loops.forEach((loop) -> probes.add(new Probe(loop, this.nanoTime)));
		this.probes = List.copyOf(probes);
	}

	/**
	 * Return for how long the slowest event loop has not answered, and ask those again
	 * that have.
	 * @return the time in milliseconds
	 */
	long blockedMillis() {
		long blocked = 0;
		for (Probe probe : this.probes) {
			blocked = Math.max(blocked, probe.blockedNanos());
		}
		return TimeUnit.NANOSECONDS.toMillis(blocked);
	}

	/**
	 * What one event loop was asked.
	 */
	private static final class Probe implements Runnable {

		private final Executor loop;

		private final LongSupplier nanoTime;

		private volatile boolean asked;

		private long askedAt;

		Probe(Executor loop, LongSupplier nanoTime) {
			this.loop = loop;
			this.nanoTime = nanoTime;
		}

		@Override
		public void run() {
			this.asked = false;
		}

		synchronized long blockedNanos() {
			long now = this.nanoTime.getAsLong();
			if (this.asked) {
				return now - this.askedAt;
			}
			if (this.loop instanceof EventExecutor executor && executor.isShuttingDown()) {
				// Each task would put off the end of its quiet period
				return 0;
			}
			this.asked = true;
			this.askedAt = now;
			try {
				this.loop.execute(this);
			}
			catch (RejectedExecutionException ex) {
				// The loop has ended with the server
				this.asked = false;
			}
			return 0;
		}

	}

}
