package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecyclePause}.
 */
class RecyclePauseTests {

	private final RandomGenerator random = new SplittableRandom(7);

	private final RecyclePause pause = new RecyclePause();

	@Test
	void nextDoublesToAQuarterOfAnHourGiveOrTakeAQuarter() {
		for (int seconds : new int[] { 30, 60, 120, 240, 480, 900, 900, 900 }) {
			assertThat(this.pause.next(this.random)).isBetween(Duration.ofSeconds(seconds).multipliedBy(3).dividedBy(4),
					Duration.ofSeconds(seconds).multipliedBy(5).dividedBy(4));
		}
	}

	@Test
	void resetBeginsAnew() {
		this.pause.next(this.random);
		this.pause.next(this.random);
		this.pause.reset();
		assertThat(this.pause.next(this.random)).isLessThan(Duration.ofSeconds(38));
	}

}
