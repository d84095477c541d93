package io.github.prefork.master.memory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.github.prefork.FleetReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFinished;
import io.github.prefork.process.NativeHeap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the master give memory back when the work is done for which it needed more than
 * usual: the start, and a rollout of all slots. Safe for use by several threads.
 */
public final class MemoryReturn implements AutoCloseable {

	/** By then the application context is started, and what was compiled for it. */
	private static final Duration LATER = Duration.ofSeconds(3);

	/**
	 * So that a fleet that is restarted again and again does not collect all the time.
	 */
	private static final Duration APART = Duration.ofMinutes(1);

	private final Runnable giveBack;

	private final Duration later;

	private final LongSupplier nanoTime;

	private @Nullable Long last;

	private final AtomicBoolean waiting = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	MemoryReturn(Runnable giveBack, Duration later, LongSupplier nanoTime) {
		this.giveBack = giveBack;
		this.later = later;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the one for this JVM.
	 * @return the one that gives its memory back
	 */
	public static MemoryReturn ofThisJvm() {
		return new MemoryReturn(MemoryReturn::giveBack, LATER, System::nanoTime);
	}

	private static void giveBack() {
		JvmMemory.ofThisJvm().giveBack();
		// The compilers that worked for the start have left most of theirs there
		NativeHeap.trim();
	}

	/**
	 * Look at what has happened in the fleet. Returns at once.
	 * @param event the event
	 */
	public void take(PreforkEvent event) {
		if (needsMemory(event) && this.waiting.compareAndSet(false, true)) {
			Thread thread = new Thread(this::run, "prefork-memory");
			thread.setDaemon(true);
			thread.start();
		}
	}

	// A recycled child is one of many that the master launches
	private static boolean needsMemory(PreforkEvent event) {
		return event instanceof FleetReady
				|| (event instanceof RolloutFinished rollout && rollout.cause() == RolloutCause.RESTART);
	}

	private void run() {
		try {
			boolean closed = this.closed.await(delay(), TimeUnit.NANOSECONDS);
			if (!closed) {
				this.last = this.nanoTime.getAsLong();
				this.waiting.set(false);
				this.giveBack.run();
			}
		}
		catch (InterruptedException ex) {
			// Whoever interrupts wants it to end
		}
	}

	// Only one thread at a time waits, so it has seen what the one before it wrote
	private long delay() {
		Long last = this.last;
		long sinceLast = (last != null) ? this.nanoTime.getAsLong() - last : Long.MAX_VALUE;
		return Math.max(this.later.toNanos(), APART.toNanos() - Math.min(sinceLast, APART.toNanos()));
	}

	/**
	 * Give nothing back any more.
	 */
	@Override
	public void close() {
		this.closed.countDown();
	}

}
