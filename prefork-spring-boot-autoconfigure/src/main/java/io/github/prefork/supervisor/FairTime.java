package io.github.prefork.supervisor;

import java.time.Duration;

/**
 * The supervisor's own time. It stands still while the supervisor could not look, because
 * the JVM or the whole machine was stopped or a listener took long, so that nobody misses
 * a deadline for it. For that the supervisor has to look once in {@link #interval()}.
 */
final class FairTime {

	private final Time time;

	private final long interval;

	private long missed;

	private long now;

	private long nextLook = Deadlines.NEVER;

	FairTime(Time time, Duration stallTimeout) {
		this.time = time;
		this.interval = Math.max(1, stallTimeout.toNanos() / 4);
	}

	/**
	 * Begin a turn.
	 * @return whether it comes much too late
	 */
	boolean look() {
		this.now = this.time.nanos() - this.missed;
		long late = (this.nextLook != Deadlines.NEVER) ? this.now - this.nextLook : 0;
		if (late <= this.interval) {
			return false;
		}
		this.missed += late;
		this.now -= late;
		return true;
	}

	long now() {
		return this.now;
	}

	/**
	 * Set when to look again.
	 * @param wanted the next deadline in this time
	 * @return when to look again at the latest, in the time of {@link Time}
	 */
	long lookAgain(long wanted) {
		this.nextLook = Math.min(wanted, this.now + this.interval);
		return this.nextLook + this.missed;
	}

}
