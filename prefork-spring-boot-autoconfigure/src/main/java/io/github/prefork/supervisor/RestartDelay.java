package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.prefork.supervisor.SupervisorSettings.Recovery;

/**
 * How long to wait before a slot gets a replacement: not longer than the interval, unless
 * its children do not serve for long; then from 250 ms, doubling, with a jitter of a
 * quarter.
 */
final class RestartDelay {

	private static final Duration SHORT_LIFE = Duration.ofSeconds(30);

	private static final Duration FIRST = Duration.ofMillis(250);

	private final Recovery recovery;

	private final RandomGenerator random;

	private int shortLives;

	RestartDelay(Recovery recovery, RandomGenerator random) {
		this.recovery = recovery;
		this.random = random;
	}

	/**
	 * Return the delay after the loss of a child.
	 * @param served how long it served, zero if it was never ready
	 * @return the delay before its replacement is launched
	 */
	Duration next(Duration served) {
		this.shortLives = (served.compareTo(SHORT_LIFE) < 0) ? this.shortLives + 1 : 0;
		if (this.shortLives < 2) {
			return this.recovery.interval();
		}
		return longer(this.recovery.interval(), shorter(this.recovery.maxInterval(), grown()));
	}

	private Duration grown() {
		double doubled = FIRST.toNanos() * Math.pow(2, Math.min(40, this.shortLives - 2));
		double jitter = 0.75 + this.random.nextDouble() / 2;
		return Duration.ofNanos((long) Math.min(doubled * jitter, Duration.ofDays(1).toNanos()));
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

}
