package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.Arrays;

/**
 * Watches the accept queues: a listener is assisted once its queue has not been empty for
 * a while, until it has been empty for some time. That time is short after a single
 * hiccup, because connections spread unevenly while siblings help, and doubles up to a
 * second if help is soon needed again.
 * <p>
 * The queues are read every few milliseconds while connections come and for a moment
 * longer. Then the listeners say when the next one has come, and in case that this is
 * lost, the queues are read once a second.
 */
final class QueueWatch {

	private static final Duration MIN_INTERVAL = Duration.ofMillis(1);

	private static final Duration MAX_INTERVAL = Duration.ofMillis(10);

	private static final long SHORTEST_HELP = Duration.ofMillis(100).toNanos();

	private static final long LONGEST_HELP = Duration.ofSeconds(1).toNanos();

	/** How long the queues are read after the last connection that was seen. */
	private static final Duration LINGER = Duration.ofMillis(200);

	private static final Duration IDLE_INTERVAL = Duration.ofSeconds(1);

	private final Listeners listeners;

	private final Duration after;

	private long[] waitingSince = {};

	private long[] emptySince = {};

	private long[] releaseAfter = {};

	private long[] releasedAt = {};

	private boolean[] assisted = {};

	private long sampleAt;

	private long busyUntil;

	QueueWatch(Listeners listeners, Duration after) {
		this.listeners = listeners;
		this.after = after;
		grow();
	}

	/**
	 * Watch the listeners too that have been added.
	 * @param now the time
	 */
	void added(long now) {
		grow();
		// What was to tell of the next connection knows nothing of them
		this.sampleAt = Math.min(this.sampleAt, now);
	}

	private void grow() {
		int before = this.assisted.length;
		int count = this.listeners.count();
		this.waitingSince = Arrays.copyOf(this.waitingSince, count);
		this.emptySince = Arrays.copyOf(this.emptySince, count);
		this.assisted = Arrays.copyOf(this.assisted, count);
		this.releaseAfter = Arrays.copyOf(this.releaseAfter, count);
		this.releasedAt = Arrays.copyOf(this.releasedAt, count);
		Arrays.fill(this.waitingSince, before, count, Deadlines.NEVER);
		Arrays.fill(this.releaseAfter, before, count, SHORTEST_HELP);
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
		boolean changed = false;
		for (int i = 0; i < this.assisted.length; i++) {
			boolean before = this.assisted[i];
			update(i, this.listeners.queueLength(i) > 0, now);
			changed |= before != this.assisted[i];
			if (this.assisted[i] || this.waitingSince[i] != Deadlines.NEVER) {
				this.busyUntil = Deadlines.in(now, LINGER);
			}
		}
		// Only after the reading: whoever comes from here on is told of
		boolean idle = now >= this.busyUntil && this.listeners.alert();
		this.sampleAt = Deadlines.in(now, idle ? IDLE_INTERVAL : interval());
		return changed;
	}

	/**
	 * A connection has come after a time without any.
	 * @param now the time
	 */
	void stirred(long now) {
		this.busyUntil = Deadlines.in(now, LINGER);
		this.sampleAt = Math.min(this.sampleAt, now);
	}

	private void update(int listener, boolean waiting, long now) {
		if (!waiting) {
			empty(listener, now);
			return;
		}
		if (this.waitingSince[listener] == Deadlines.NEVER) {
			this.waitingSince[listener] = now;
		}
		if (!this.assisted[listener] && now - this.waitingSince[listener] >= this.after.toNanos()) {
			assist(listener, now);
		}
	}

	private void empty(int listener, long now) {
		if (this.waitingSince[listener] != Deadlines.NEVER) {
			this.waitingSince[listener] = Deadlines.NEVER;
			this.emptySince[listener] = now;
		}
		if (this.assisted[listener] && now - this.emptySince[listener] >= this.releaseAfter[listener]) {
			this.assisted[listener] = false;
			this.releasedAt[listener] = now;
		}
	}

	private void assist(int listener, long now) {
		this.assisted[listener] = true;
		boolean again = this.releasedAt[listener] != 0 && now - this.releasedAt[listener] < LONGEST_HELP;
		this.releaseAfter[listener] = again ? Math.min(2 * this.releaseAfter[listener], LONGEST_HELP) : SHORTEST_HELP;
	}

	private Duration interval() {
		Duration half = this.after.dividedBy(2);
		if (half.compareTo(MIN_INTERVAL) < 0) {
			return MIN_INTERVAL;
		}
		return (half.compareTo(MAX_INTERVAL) < 0) ? half : MAX_INTERVAL;
	}

	boolean assisted(int listener) {
		return this.assisted[listener];
	}

	long nextDeadline() {
		return this.after.isZero() ? Deadlines.NEVER : this.sampleAt;
	}

}
