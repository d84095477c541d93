package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RecoveryExceededException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor} with {@link OnExceeded#KEEP_SURVIVORS}.
 */
class SupervisorSurvivorsTests {

	@Test
	void exitWhenTooManyKeepsSurvivorsAndReplacesNobody() {
		RecordedFleet fleet = exceeded();
		assertThat(fleet.events).filteredOn(RecoveryExceeded.class::isInstance)
			.containsExactly(new RecoveryExceeded(2, 1, Duration.ofSeconds(60), true));
		assertThat(fleet.supervisor.fleet().recoveryExceeded()).isTrue();
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0");
		fleet.live(Duration.ofMinutes(10), 3);
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.cause).isNull();
		assertThat(fleet.supervisor.fleet().children()).hasSize(1);
		assertThat(fleet.lines("accept 3")).last().asString().endsWith("[0, 1, 2]");
	}

	@Test
	void exitWhenNobodyIsLeftEndsTheFleet() {
		RecordedFleet fleet = exceeded();
		fleet.turn(new Input.Exited(3, 134));
		assertThat(fleet.cause).isInstanceOf(RecoveryExceededException.class);
		assertThat(fleet.events).filteredOn(RecoveryExceeded.class::isInstance).hasSize(1);
		assertThat(fleet.supervisor.isTerminated()).isTrue();
	}

	@Test
	void exitWhenAReplacementWaitsIsNotLaunchedAnyMore() {
		RecordedFleet fleet = RecordedFleet.ready(settings(2, Duration.ofSeconds(5)));
		fleet.turn(new Input.Exited(1, 134));
		fleet.turn(new Input.Exited(2, 134));
		fleet.turn(new Input.Exited(3, 134));
		assertThat(fleet.cause).isInstanceOf(RecoveryExceededException.class);
		assertThat(fleet.lines("launch")).isEmpty();
	}

	@Test
	void readinessWhenTooFewAreLeftRefuses() {
		RecordedFleet fleet = RecordedFleet.ready(RecordedFleet.minReady(settings(0, Duration.ZERO), 3));
		fleet.turn(new Input.Exited(1, 134));
		assertThat(fleet.lines).contains("readiness false");
		assertThat(fleet.cause).isNull();
	}

	@Test
	void startWhenTooManyFailGoesOnWithWhoIsReady() {
		RecordedFleet fleet = new RecordedFleet(settings(0, Duration.ZERO));
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		fleet.turn(new Input.Exited(2, 1));
		assertThat(fleet.lines).doesNotContain("started");
		fleet.becomeReady(3);
		assertThat(fleet.lines).contains("started");
	}

	@Test
	void startWhenTooFewAreReadyFails() {
		RecordedFleet fleet = new RecordedFleet(RecordedFleet.minReady(settings(0, Duration.ZERO), 3));
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		fleet.turn(new Input.Exited(2, 1));
		fleet.becomeReady(3);
		fleet.turn(new Input.Exited(1, 0), new Input.Exited(3, 0));
		assertThat(fleet.cause).isInstanceOf(PreforkException.class).hasMessageContaining("2 of 3");
	}

	private static RecordedFleet exceeded() {
		RecordedFleet fleet = RecordedFleet.ready(settings(1, Duration.ZERO));
		fleet.turn(new Input.Exited(1, 134));
		fleet.turn(new Input.Exited(2, 134));
		fleet.turn(new Input.Exited(4, 134));
		return fleet;
	}

	private static SupervisorSettings settings(int threshold, Duration interval) {
		SupervisorSettings like = RecordedFleet.SETTINGS;
		return TestSettings.like(like)
			.recovery(new SupervisorSettings.Recovery(threshold, Duration.ofSeconds(60), interval,
					Duration.ofSeconds(30), OnExceeded.KEEP_SURVIVORS))
			.build();
	}

}
