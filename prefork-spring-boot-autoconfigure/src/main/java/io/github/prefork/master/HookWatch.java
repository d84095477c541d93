package io.github.prefork.master;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Says so while listeners of the application hold up the supervisor, at growing
 * intervals, and once more when they have returned. Has a thread only when there is
 * something to watch, and for some seconds after that.
 */
final class HookWatch implements AutoCloseable {

	private static final Duration FIRST = Duration.ofSeconds(1);

	private static final int GROWTH = 4;

	private static final int MAX_FRAMES = 30;

	private final Duration first;

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, HookWatch::newThread);

	HookWatch() {
		this(FIRST);
	}

	HookWatch(Duration first) {
		this.first = first;
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setKeepAliveTime(FIRST.toMillis() * GROWTH, TimeUnit.MILLISECONDS);
		this.timer.allowCoreThreadTimeOut(true);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "prefork-hook-watch");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Call listeners on this thread.
	 * @param what what they listen to
	 * @param listeners calls them
	 */
	void during(String what, Runnable listeners) {
		Call call = new Call(what, Thread.currentThread(), System.nanoTime());
		call.checkAfter(this.first);
		try {
			listeners.run();
		}
		finally {
			call.returned();
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

	// Where a thread is, without what has called the listener
	private static String frames(Thread thread) {
		return Arrays.stream(thread.getStackTrace())
			.takeWhile((frame) -> !frame.getClassName().startsWith("org.springframework.context.event."))
			.limit(MAX_FRAMES)
			.map((frame) -> "\n\tat " + frame)
			.collect(Collectors.joining());
	}

	/**
	 * A call of listeners that the supervisor waits for.
	 */
	private final class Call {

		private final String what;

		private final Thread thread;

		private final long begin;

		private boolean returned;

		private @Nullable ScheduledFuture<?> next;

		Call(String what, Thread thread, long begin) {
			this.what = what;
			this.thread = thread;
			this.begin = begin;
		}

		synchronized void checkAfter(Duration wait) {
			if (!this.returned) {
				this.next = schedule(wait);
			}
		}

		private @Nullable ScheduledFuture<?> schedule(Duration wait) {
			try {
				return HookWatch.this.timer.schedule(() -> check(wait.multipliedBy(GROWTH - 1)), wait.toNanos(),
						TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException | OutOfMemoryError ex) {
				// Closed, or the system gives no thread: the listeners are called all the
				// same
				return null;
			}
		}

		private void check(Duration wait) {
			String frames = frames(this.thread);
			if (!hasReturned()) {
				EventLog.holdUp(this.what, elapsed(), frames);
				checkAfter(wait);
			}
		}

		private synchronized boolean hasReturned() {
			return this.returned;
		}

		private Duration elapsed() {
			return Duration.ofNanos(System.nanoTime() - this.begin);
		}

		void returned() {
			synchronized (this) {
				this.returned = true;
				if (this.next != null) {
					this.next.cancel(false);
				}
			}
			Duration took = elapsed();
			if (took.compareTo(HookWatch.this.first) > 0) {
				EventLog.heldUp(this.what, took);
			}
		}

	}

}
