package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long no child is recycled after a new one could not be started: from 30 s, doubling
 * to 15 minutes, with a jitter of a quarter. A jar that does not boot must not boot for
 * ever.
 */
final class RecyclePause {

	private static final Duration FIRST = Duration.ofSeconds(30);

	private static final int MOST_DOUBLINGS = 5;

	private static final Duration LONGEST = Duration.ofMinutes(15);

	private int failures;

	/**
	 * Return the pause after one more failure.
	 * @param random for the jitter
	 * @return the pause
	 */
	Duration next(RandomGenerator random) {
		Duration doubled = FIRST.multipliedBy(1L << Math.min(this.failures, MOST_DOUBLINGS));
		this.failures++;
		Duration pause = (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
		return Duration.ofNanos((long) (pause.toNanos() * (0.75 + random.nextDouble() / 2)));
	}

	void reset() {
		this.failures = 0;
	}

}
