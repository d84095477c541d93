package io.github.prefork.child;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Measures for how long the event loops of the server have not answered. Each has at most
 * one task of ours in its queue. Time in which nobody asked, because the whole process
 * stood still, does not count. Safe for use by several threads.
 */
final class LoopProbe {

	private final LongSupplier nanoTime;

	private final long longestStep;

	private volatile List<Probe> probes = List.of();

	private long lastAsked;

	/**
	 * Create a probe of no event loops.
	 * @param nanoTime the clock, in nanoseconds
	 * @param longestStep how much of the time between two looks counts at most
	 */
	LoopProbe(LongSupplier nanoTime, Duration longestStep) {
		this.nanoTime = nanoTime;
		this.longestStep = longestStep.toNanos();
		this.lastAsked = nanoTime.getAsLong();
	}

	/**
	 * Set the event loops.
	 * @param loops the event loops
	 */
	void watch(Iterable<? extends Executor> loops) {
		List<Probe> probes = new ArrayList<>();
		loops.forEach((loop) -> probes.add(new Probe(loop)));
		// Before there is anything that may block them, so that their threads are known
		probes.forEach((probe) -> probe.blockedNanos(0));
		this.probes = List.copyOf(probes);
	}

	/**
	 * Return for how long the slowest event loop has not answered, and ask those again
	 * that have.
	 * @return the time in milliseconds
	 */
	synchronized long blockedMillis() {
		long now = this.nanoTime.getAsLong();
		long step = Math.min(now - this.lastAsked, this.longestStep);
		this.lastAsked = now;
		long blocked = 0;
		for (Probe probe : this.probes) {
			blocked = Math.max(blocked, probe.blockedNanos(step));
		}
		return TimeUnit.NANOSECONDS.toMillis(blocked);
	}

	/**
	 * Return how long the slowest event loop took to answer when it was last asked, or
	 * has not answered by now.
	 * @return the time in nanoseconds
	 */
	long delayNanos() {
		long now = this.nanoTime.getAsLong();
		long delay = 0;
		for (Probe probe : this.probes) {
			delay = Math.max(delay, probe.delayNanos(now));
		}
		return delay;
	}

	/**
	 * Return the thread of the slowest event loop.
	 * @return the thread, {@code null} if all have answered or it is not known
	 */
	@Nullable Thread blockedThread() {
		return this.probes.stream()
			.filter((probe) -> probe.asked && probe.blocked > 0)
			.max(Comparator.comparingLong((probe) -> probe.blocked))
			.map((probe) -> probe.thread)
			.orElse(null);
	}

	/**
	 * Return whether an event loop is inside of a call that ends the application, such as
	 * {@link System#exit(int)}. The end waits for the event loops then, and this one will
	 * never answer a request again.
	 * @return whether the end waits for itself
	 */
	boolean endsApplication() {
		return this.probes.stream().anyMatch(Probe::endsApplication);
	}

	/**
	 * Return whether every event loop is inside of such a call.
	 * @return whether there is no request to wait for
	 */
	boolean noneAnswers() {
		List<Probe> probes = this.probes;
		return !probes.isEmpty() && probes.stream().allMatch(Probe::endsApplication);
	}

	/**
	 * What one event loop was asked.
	 */
	private final class Probe implements Runnable {

		private static final Set<String> ENDS = Set.of("java.lang.Shutdown.exit",
				"org.springframework.context.support.AbstractApplicationContext.close");

		private final Executor loop;

		private volatile boolean asked;

		private volatile long blocked;

		private volatile @Nullable Thread thread;

		private volatile long askedAt;

		private volatile long answeredAfter;

		Probe(Executor loop) {
			this.loop = loop;
		}

		@Override
		public void run() {
			this.thread = Thread.currentThread();
			this.answeredAfter = LoopProbe.this.nanoTime.getAsLong() - this.askedAt;
			this.asked = false;
		}

		long delayNanos(long now) {
			// Of one that has just been asked the last answer tells more
			return this.asked ? Math.max(now - this.askedAt, this.answeredAfter) : this.answeredAfter;
		}

		boolean endsApplication() {
			Thread thread = this.thread;
			if (thread == null || this.loop instanceof EventExecutor executor && executor.isShuttingDown()) {
				return false;
			}
			return Arrays.stream(thread.getStackTrace())
				.anyMatch((frame) -> ENDS.contains(frame.getClassName() + "." + frame.getMethodName()));
		}

		long blockedNanos(long step) {
			if (this.asked) {
				this.blocked += step;
				return this.blocked;
			}
			this.blocked = 0;
			if (this.loop instanceof EventExecutor executor && executor.isShuttingDown()) {
				// Each task would put off the end of its quiet period
				return 0;
			}
			this.askedAt = LoopProbe.this.nanoTime.getAsLong();
			this.asked = true;
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
