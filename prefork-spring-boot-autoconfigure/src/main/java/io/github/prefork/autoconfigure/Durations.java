package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.convert.DurationStyle;

/**
 * Durations as a user writes them.
 */
final class Durations {

	private Durations() {
	}

	static String text(Duration duration) {
		ChronoUnit unit = (duration.toMillisPart() != 0) ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
		return DurationStyle.SIMPLE.print(duration, unit);
	}

}
