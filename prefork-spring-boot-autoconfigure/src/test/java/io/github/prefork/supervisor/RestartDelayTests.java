package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.SplittableRandom;

import io.github.prefork.supervisor.SupervisorSettings.Recovery;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestartDelay}.
 */
class RestartDelayTests {

	private static final Duration SHORT = Duration.ofSeconds(1);

	private static final Duration LONG = Duration.ofMinutes(1);

	@Test
	void nextWhenChildHasLivedLongIsTheInterval() {
		RestartDelay delay = delay(Duration.ofMillis(100));
		for (int i = 0; i < 10; i++) {
			assertThat(delay.next(LONG)).hasMillis(100);
		}
	}

	@Test
	void nextWhenChildrenLiveShortlyDoublesUpToTheMaximum() {
		RestartDelay delay = delay(Duration.ZERO);
		assertThat(delay.next(SHORT)).isZero();
		for (long millis = 250; millis < 30_000; millis *= 2) {
			assertThat(delay.next(SHORT).toMillis()).isBetween(millis * 3 / 4, Math.min(30_000, millis * 5 / 4));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(delay.next(SHORT)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
		}
	}

	@Test
	void nextWhenOneHasLivedLongBeginsAnew() {
		RestartDelay delay = delay(Duration.ZERO);
		delay.next(SHORT);
		delay.next(SHORT);
		assertThat(delay.next(LONG)).isZero();
		assertThat(delay.next(SHORT)).isZero();
		assertThat(delay.next(SHORT).toMillis()).isBetween(187L, 313L);
	}

	@Test
	void nextWhenIntervalIsLongerThanTheGrownDelayIsTheInterval() {
		RestartDelay delay = delay(Duration.ofMinutes(2));
		delay.next(SHORT);
		assertThat(delay.next(SHORT)).hasMinutes(2);
	}

	private static RestartDelay delay(Duration interval) {
		return new RestartDelay(new Recovery(5, Duration.ZERO, interval, Duration.ofSeconds(30), OnExceeded.FAIL),
				new SplittableRandom(1));
	}

}
