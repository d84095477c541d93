package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GracePeriod}.
 */
class GracePeriodTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void fromWhenNothingIsSetIsDefaultPhaseTimeoutAndMargin() {
		assertThat(GracePeriod.from(this.environment).value()).hasSeconds(35);
	}

	@Test
	void fromWhenPhaseTimeoutIsSetAddsMargin() {
		this.environment.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "10s");
		assertThat(GracePeriod.from(this.environment).value()).hasSeconds(15);
	}

	@Test
	void fromWhenShutdownIsImmediateIsMargin() {
		this.environment.setProperty("server.shutdown", "immediate");
		this.environment.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "10s");
		assertThat(GracePeriod.from(this.environment).value()).hasSeconds(5);
	}

	@Test
	void fromWhenSetIsThat() {
		this.environment.setProperty("prefork.shutdown.grace-period", "1500ms");
		assertThat(GracePeriod.from(this.environment).value()).hasMillis(1500);
		assertThat(GracePeriod.from(this.environment).phaseTimeout()).hasMillis(6500);
	}

	@Test
	void fromWhenNegativeIsZero() {
		this.environment.setProperty("prefork.shutdown.grace-period", "-1s");
		assertThat(GracePeriod.from(this.environment).value()).isEqualTo(Duration.ZERO);
	}

	@Test
	void fromWhenOverridesAreLaidGivesTheSameAnswer() {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource(RolePropertySource.NAME, Map.of(GracePeriod.PHASE_TIMEOUT, "40s")));
		assertThat(GracePeriod.from(this.environment).value()).hasSeconds(35);
	}

}
