package io.github.prefork.load;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The one schedule that all connections of a run share. Whoever is free takes the next
 * request; who is busy takes none, so that a held request delays no other. Safe for use
 * by any number of threads.
 */
final class Schedule {

	private static final double NANOS_PER_SECOND = 1e9;

	private final double rate;

	private final long requests;

	private final long begin;

	private final Instant beginInstant;

	private final long latestStart;

	private final AtomicLong next = new AtomicLong();

	private volatile long stoppedAfter = Long.MAX_VALUE;

	/**
	 * Lay out a schedule.
	 * @param plan gives the rate, the number of requests, and by its timeout how long
	 * after the last scheduled moment a late request may still start
	 * @param begin the {@link System#nanoTime()} of the first request
	 */
	Schedule(LoadPlan plan, long begin) {
		this.rate = plan.rate();
		this.requests = plan.requests();
		this.begin = begin;
		this.beginInstant = Instant.now().plusNanos(begin - System.nanoTime());
		this.latestStart = offset(this.requests) + plan.timeout().toNanos();
	}

	/**
	 * Take the next request and wait for its moment.
	 * @return its number, or -1 if there is none left, the run was stopped or this thread
	 * interrupted
	 */
	long take() {
		if (this.stoppedAfter != Long.MAX_VALUE || elapsed() > this.latestStart) {
			return -1;
		}
		long number = this.next.getAndIncrement();
		return (number < this.requests && awaitTurn(offset(number))) ? number : -1;
	}

	private boolean awaitTurn(long offset) {
		long left = offset - elapsed();
		while (left > 0 && offset <= this.stoppedAfter && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this, left);
			left = offset - elapsed();
		}
		return offset <= this.stoppedAfter && !Thread.currentThread().isInterrupted();
	}

	/**
	 * Let no request start whose moment has not come yet. The threads that wait for
	 * theirs have to be woken by the caller.
	 */
	void stop() {
		this.stoppedAfter = Math.min(this.stoppedAfter, elapsed());
	}

	/**
	 * Count the requests whose moment has come before the run was stopped.
	 * @return the number of requests that should have started by now
	 */
	long due() {
		long until = Math.min(elapsed(), this.stoppedAfter);
		return (until < 0) ? 0 : Math.min(this.requests, (long) (until * this.rate / NANOS_PER_SECOND) + 1);
	}

	Instant at(long number) {
		return this.beginInstant.plusNanos(offset(number));
	}

	Instant toInstant(long nanoTime) {
		return this.beginInstant.plusNanos(nanoTime - this.begin);
	}

	private long offset(long number) {
		return (long) (number * NANOS_PER_SECOND / this.rate);
	}

	private long elapsed() {
		return System.nanoTime() - this.begin;
	}

}
