package io.github.prefork.master;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads the heartbeats before a turn of the supervisor, unless that has just been done:
 * under load there are many turns, and a reading looks at every child. Not safe for use
 * by several threads.
 */
final class HeartbeatReader implements Runnable {

	/**
	 * So often that a reading is never old when the supervisor looks for stalled
	 * children.
	 */
	private static final int READINGS_IN_STALL_TIMEOUT = 8;

	private final Runnable reading;

	private final long interval;

	private final LongSupplier nanoTime;

	private long nextAt;

	/**
	 * Create a reader.
	 * @param reading reads the heartbeats
	 * @param stallTimeout {@code prefork.heartbeat.stall-timeout}
	 * @param nanoTime the clock, in nanoseconds
	 */
	HeartbeatReader(Runnable reading, Duration stallTimeout, LongSupplier nanoTime) {
		this.reading = reading;
		this.interval = stallTimeout.dividedBy(READINGS_IN_STALL_TIMEOUT).toNanos();
		this.nanoTime = nanoTime;
		this.nextAt = nanoTime.getAsLong();
	}

	@Override
	public void run() {
		long now = this.nanoTime.getAsLong();
		if (now - this.nextAt >= 0) {
			this.nextAt = now + this.interval;
			this.reading.run();
		}
	}

}
