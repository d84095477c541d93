package io.github.prefork.recipes;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The names of the runs of a scheduled job, the same in each child.
 */
final class Tick {

	private static final Duration EARLY = Duration.ofMillis(500);

	private Tick() {
	}

	/**
	 * Return the second that a run is for.
	 * @param now when it is called: a moment before that second, or after it
	 * @return the second
	 */
	static String of(Instant now) {
		return now.plus(EARLY).truncatedTo(ChronoUnit.SECONDS).toString();
	}

}
