package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.github.prefork.supervisor.SupervisorSettings.Recycle;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildLimits}.
 */
class ChildLimitsTests {

	private final SplittableRandom random = new SplittableRandom(7);

	@Test
	void drawWhenThereIsJitterStaysWithinIt() {
		List<ChildLimits> drawn = Stream
			.generate(() -> ChildLimits.draw(new Recycle(1000, Duration.ofSeconds(100), 10_000, 0.2), this.random))
			.limit(1000)
			.toList();
		assertThat(drawn).allSatisfy((limits) -> {
			assertThat(limits.requests()).isBetween(800L, 1200L);
			assertThat(Duration.ofNanos(limits.lifetimeNanos())).isBetween(Duration.ofSeconds(80),
					Duration.ofSeconds(120));
			assertThat(limits.memory()).isBetween(8000L, 12_000L);
		});
		assertThat(drawn).anyMatch((limits) -> limits.requests() < 820).anyMatch((limits) -> limits.requests() > 1180);
	}

	@Test
	void drawWhenThereIsNoJitterIsTheLimit() {
		assertThat(ChildLimits.draw(new Recycle(1000, Duration.ofSeconds(100), 10_000, 0), this.random))
			.isEqualTo(new ChildLimits(1000, Duration.ofSeconds(100).toNanos(), 10_000));
	}

	@Test
	void drawWhenALimitIsOffStaysOff() {
		assertThat(ChildLimits.draw(new Recycle(0, Duration.ZERO, 0, 1), this.random))
			.isEqualTo(new ChildLimits(0, 0, 0));
	}

	@Test
	void drawWhenJitterTakesAllLeavesSomething() {
		for (int i = 0; i < 1000; i++) {
			assertThat(ChildLimits.draw(new Recycle(1, Duration.ofNanos(1), 1, 1), this.random).requests())
				.isPositive();
		}
	}

}
