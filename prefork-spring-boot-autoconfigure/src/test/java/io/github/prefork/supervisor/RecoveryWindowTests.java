package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.supervisor.SupervisorSettings.Recovery;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecoveryWindow}.
 */
class RecoveryWindowTests {

	@Test
	void exceededByWhenThresholdIsReachedIsFalse() {
		RecoveryWindow window = window(2, Duration.ofSeconds(60));
		assertThat(window.exceededBy(seconds(0))).isFalse();
		assertThat(window.exceededBy(seconds(1))).isFalse();
		assertThat(window.exceededBy(seconds(2))).isTrue();
	}

	@Test
	void exceededByWhenExitsAreOlderThanTheWindowForgetsThem() {
		RecoveryWindow window = window(1, Duration.ofSeconds(10));
		assertThat(window.exceededBy(seconds(0))).isFalse();
		assertThat(window.exceededBy(seconds(10))).isFalse();
		assertThat(window.count()).isEqualTo(1);
		assertThat(window.exceededBy(seconds(19))).isTrue();
	}

	@Test
	void exceededByWhenWindowIsZeroForgetsNothing() {
		RecoveryWindow window = window(1, Duration.ZERO);
		assertThat(window.exceededBy(seconds(0))).isFalse();
		assertThat(window.exceededBy(seconds(1_000_000))).isTrue();
	}

	@Test
	void exceededByWhenThresholdIsZeroIsTrueAtOnce() {
		assertThat(window(0, Duration.ofSeconds(1)).exceededBy(seconds(0))).isTrue();
	}

	private static RecoveryWindow window(int threshold, Duration window) {
		return new RecoveryWindow(
				new Recovery(threshold, window, Duration.ZERO, Duration.ofSeconds(30), OnExceeded.FAIL),
				Rules.STANDARD.threshold());
	}

	private static long seconds(long seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

}
