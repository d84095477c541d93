package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.Arrays;

/**
 * Watches the accept queues: a listener is assisted once its queue has not been empty for
 * a while, until it has been empty for a second.
 */
final class QueueWatch {

	private static final Duration MAX_INTERVAL = Duration.ofMillis(10);

	private static final Duration RELEASE_AFTER = Duration.ofSeconds(1);

	private final Listeners listeners;

	private final Duration after;

	private final long[] waitingSince;

	private final long[] emptySince;

	private final boolean[] assisted;

	private long sampleAt;

	QueueWatch(Listeners listeners, Duration after) {
		this.listeners = listeners;
		this.after = after;
		this.waitingSince = new long[listeners.count()];
		this.emptySince = new long[listeners.count()];
		this.assisted = new boolean[listeners.count()];
		Arrays.fill(this.waitingSince, Deadlines.NEVER);
	}

	/**
	 * Read the queues if it is time to.
	 * @param now the time
	 * @return whether another listener is assisted than before
	 */
	boolean sample(long now) {
		if (this.after.isZero() || now < this.sampleAt) {
			return false;
		}
		this.sampleAt = Deadlines.in(now, interval());
		boolean changed = false;
		for (int i = 0; i < this.assisted.length; i++) {
			boolean before = this.assisted[i];
			update(i, this.listeners.queueLength(i) > 0, now);
			changed |= before != this.assisted[i];
		}
		return changed;
	}

	private void update(int listener, boolean waiting, long now) {
		if (!waiting) {
			if (this.waitingSince[listener] != Deadlines.NEVER) {
				this.waitingSince[listener] = Deadlines.NEVER;
				this.emptySince[listener] = now;
			}
			if (now - this.emptySince[listener] >= RELEASE_AFTER.toNanos()) {
				this.assisted[listener] = false;
			}
			return;
		}
		if (this.waitingSince[listener] == Deadlines.NEVER) {
			this.waitingSince[listener] = now;
		}
		if (now - this.waitingSince[listener] >= this.after.toNanos()) {
			this.assisted[listener] = true;
		}
	}

	private Duration interval() {
		Duration half = this.after.dividedBy(2);
		return (half.compareTo(MAX_INTERVAL) < 0) ? half : MAX_INTERVAL;
	}

	boolean assisted(int listener) {
		return this.assisted[listener];
	}

	long nextDeadline() {
		return this.after.isZero() ? Deadlines.NEVER : this.sampleAt;
	}

}
