package io.github.prefork.master.memory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.prefork.FleetReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutFinished;

/**
 * Makes the master give memory back when the work is done for which it needed more than
 * usual: the start, and a rollout. Safe for use by several threads.
 */
public final class MemoryReturn implements AutoCloseable {

	/** By then the application context is started, and what was compiled for it. */
	private static final Duration LATER = Duration.ofSeconds(3);

	private final Runnable giveBack;

	private final Duration later;

	private final AtomicBoolean waiting = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	MemoryReturn(Runnable giveBack, Duration later) {
		this.giveBack = giveBack;
		this.later = later;
	}

	/**
	 * Return the one for this JVM.
	 * @return the one that gives its memory back
	 */
	public static MemoryReturn ofThisJvm() {
		return new MemoryReturn(() -> JvmMemory.ofThisJvm().giveBack(), LATER);
	}

	/**
	 * Look at what has happened in the fleet. Returns at once.
	 * @param event the event
	 */
	public void take(PreforkEvent event) {
		if ((event instanceof FleetReady || event instanceof RolloutFinished)
				&& this.waiting.compareAndSet(false, true)) {
			Thread thread = new Thread(this::run, "prefork-memory");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void run() {
		try {
			boolean closed = this.closed.await(this.later.toMillis(), TimeUnit.MILLISECONDS);
			this.waiting.set(false);
			if (!closed) {
				this.giveBack.run();
			}
		}
		catch (InterruptedException ex) {
			// Whoever interrupts wants it to end
		}
	}

	/**
	 * Give nothing back any more.
	 */
	@Override
	public void close() {
		this.closed.countDown();
	}

}
