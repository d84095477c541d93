package io.github.prefork.actuate;

import java.util.function.LongSupplier;

import io.github.prefork.Fleet;

/**
 * The processors that the child of a slot has used since the meter was read before. It
 * may be read by several registries: what was measured less than a second ago is not
 * measured again.
 */
final class CpuUsage {

	private static final long SHORTEST_NANOS = 1_000_000_000;

	private final LongSupplier nanoTime;

	private long pid;

	private long readAt;

	private long usedNanos;

	private double usage;

	CpuUsage(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the processors in use.
	 * @param member the child
	 * @param used the processor time that it has used so far, in nanoseconds
	 * @return the number of processors
	 */
	synchronized double of(Fleet.Member member, long used) {
		long now = this.nanoTime.getAsLong();
		if (member.identity().pid() != this.pid) {
			// Of a new child all of its time so far
			this.pid = member.identity().pid();
			this.readAt = member.launchedNanos();
			this.usedNanos = 0;
			this.usage = 0;
		}
		long elapsed = now - this.readAt;
		if (elapsed >= SHORTEST_NANOS) {
			this.usage = Math.max(0, used - this.usedNanos) / (double) elapsed;
			this.readAt = now;
			this.usedNanos = used;
		}
		return this.usage;
	}

}
