package io.github.prefork.supervisor;

import java.time.Duration;

/**
 * Times on the supervisor's time line.
 */
final class Deadlines {

	/**
	 * Later than any time.
	 */
	static final long NEVER = Long.MAX_VALUE;

	private Deadlines() {
	}

	static long in(long now, Duration duration) {
		long nanos = nanos(duration);
		return (nanos > NEVER - Math.max(0, now)) ? NEVER : now + nanos;
	}

	private static long nanos(Duration duration) {
		try {
			return duration.toNanos();
		}
		catch (ArithmeticException ex) {
			return NEVER;
		}
	}

}
