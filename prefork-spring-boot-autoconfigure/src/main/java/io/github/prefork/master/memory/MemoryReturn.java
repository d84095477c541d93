package io.github.prefork.master.memory;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.process.CompilerRest;
import io.github.prefork.process.NativeHeap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the master give memory back when the work is done for which it needed more than
 * usual: the start, and a rollout of all slots, whether they went well or not. What its
 * compilers have used follows when they have come to rest, which may be later. Safe for
 * use by several threads.
 */
public final class MemoryReturn implements AutoCloseable {

	/** By then the application context is started. */
	private static final Duration LATER = Duration.ofSeconds(3);

	/**
	 * So that a fleet that is restarted again and again does not collect all the time.
	 */
	private static final Duration APART = Duration.ofMinutes(1);

	private static final Log logger = LogFactory.getLog(MemoryReturn.class);

	private final Runnable giveBack;

	private final Runnable look;

	private final Duration later;

	private final Duration interval;

	private final LongSupplier nanoTime;

	private volatile @Nullable Long last;

	private final AtomicBoolean waiting = new AtomicBoolean();

	private final AtomicBoolean looking = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, MemoryReturn::newThread,
			new ThreadPoolExecutor.DiscardPolicy());

	MemoryReturn(Runnable giveBack, Runnable look, Duration later, Duration interval, LongSupplier nanoTime) {
		this.giveBack = giveBack;
		this.look = look;
		this.later = later;
		this.interval = interval;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the one for this JVM.
	 * @return the one that gives its memory back
	 */
	public static MemoryReturn ofThisJvm() {
		return new MemoryReturn(MemoryReturn::giveBack, CompilerRest.ofThisJvm(NativeHeap::trim)::look, LATER,
				Duration.ofMillis(CompilerRest.INTERVAL_MILLIS), System::nanoTime);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "prefork-memory");
		thread.setDaemon(true);
		return thread;
	}

	private static void giveBack() {
		JvmMemory.ofThisJvm().giveBack();
		NativeHeap.trim();
	}

	/**
	 * The start is over, however many children are ready. Returns at once.
	 */
	public void started() {
		needed();
	}

	/**
	 * Look at what has happened in the fleet. Returns at once.
	 * @param event the event
	 */
	public void take(PreforkEvent event) {
		if (endsRestart(event)) {
			needed();
		}
	}

	// A recycled child is one of many that the master launches
	private static boolean endsRestart(PreforkEvent event) {
		return (event instanceof RolloutFinished finished && finished.cause() == RolloutCause.RESTART)
				|| (event instanceof RolloutFailed failed && failed.cause() == RolloutCause.RESTART);
	}

	// The fleet must not fail where there is no thread for this
	private void needed() {
		if (this.waiting.compareAndSet(false, true) && !attempt(this::schedule)) {
			this.waiting.set(false);
		}
	}

	private void schedule() {
		this.thread.schedule(() -> attempt(this::run), delay(), TimeUnit.NANOSECONDS);
		if (this.looking.compareAndSet(false, true)) {
			this.thread.scheduleWithFixedDelay(() -> attempt(this.look), this.interval.toMillis(),
					this.interval.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	// What throws would not be run again, and nobody would hear of it
	private static boolean attempt(Runnable task) {
		try {
			task.run();
			return true;
		}
		catch (Throwable ex) {
			logger.warn("The master could not give memory back", ex);
			return false;
		}
	}

	private void run() {
		this.last = this.nanoTime.getAsLong();
		this.waiting.set(false);
		this.giveBack.run();
	}

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
		this.thread.shutdownNow();
	}

}
