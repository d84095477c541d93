package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildStartException;
import io.github.prefork.RolloutFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: children that were launched in a special way and are not
 * ready.
 */
class SupervisorDiscardTests {

	@Test
	void firstChildWhenItEndsIsLaunchedAgain() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.special.add(1L);
		fleet.turn(new Input.Claimed(1), new Input.Exited(1, 1));
		assertThat(fleet.lines("launch")).containsExactly("launch 1 slot 0", "launch 2 slot 0");
		assertThat(fleet.supervisor.isTerminated()).isFalse();
	}

	@Test
	void firstChildWhenItEndsTwiceIsTheUsualFailure() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.special.add(1L);
		fleet.turn(new Input.Exited(1, 1));
		fleet.turn(new Input.Exited(2, 1));
		assertThat(fleet.lines("launch")).hasSize(2);
		assertThat(fleet.supervisor.isTerminated()).isTrue();
		assertThat(fleet.cause).isInstanceOf(ChildStartException.class);
	}

	@Test
	void childWhenItBootsTooLongIsLaunchedAgain() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.special.add(1L);
		fleet.live(Duration.ofSeconds(70));
		assertThat(fleet.lines).contains("kill 1");
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.lines("launch")).containsExactly("launch 1 slot 0", "launch 2 slot 0");
	}

	@Test
	void replacementWhenItEndsDoesNotCountAsALoss() {
		RecordedFleet fleet = RecordedFleet.ready(TestSettings.like(RecordedFleet.SETTINGS)
			.recovery(new SupervisorSettings.Recovery(1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.FAIL))
			.build());
		fleet.special.add(4L);
		fleet.turn(new Input.Exited(1, 137));
		fleet.turn(new Input.Exited(4, 1));
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0", "launch 5 slot 0");
		assertThat(fleet.cause).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 137, 143, 129 })
	void childThatIsEndedFromOutsideIsTheUsualLoss(int exitCode) {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(4L);
		fleet.turn(new Input.Exited(1, 137));
		fleet.turn(new Input.Claimed(4), new Input.Exited(4, exitCode));
		assertThat(fleet.special).as("not given up").containsExactly(4L);
		assertThat(fleet.lines("launch")).as("after a delay").containsExactly("launch 4 slot 0");
		fleet.live(Duration.ofSeconds(2), 2, 3);
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0", "launch 5 slot 0");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 134, 139 })
	void childThatFailsOrCrashesIsLaunchedAgainAtOnce(int exitCode) {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(4L);
		fleet.turn(new Input.Exited(1, 137));
		fleet.turn(new Input.Claimed(4), new Input.Exited(4, exitCode));
		assertThat(fleet.special).isEmpty();
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0", "launch 5 slot 0");
	}

	@Test
	void childWithoutMemoryIsTheUsualLoss() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(4L);
		fleet.turn(new Input.Exited(1, 137));
		fleet.turn(new Input.Claimed(4), new Input.Exited(4, 3, new ExitEvidence(true, false, null, false)));
		assertThat(fleet.special).containsExactly(4L);
	}

	@Test
	void firstChildWhenItIsKilledFromOutsideIsTheUsualFailure() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.special.add(1L);
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.supervisor.isTerminated()).isTrue();
		assertThat(fleet.cause).isInstanceOf(ChildStartException.class);
	}

	@Test
	void everyLaunchIsForgottenOnceWhenItHasEnded() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(4L);
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.over).containsExactly(1L);
		fleet.turn(new Input.Exited(4, 1));
		fleet.turn(new Input.Stop(false));
		fleet.turn(new Input.Exited(5, 143), new Input.Exited(2, 0), new Input.Exited(3, 0));
		assertThat(fleet.over).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
	}

	@Test
	void rolloutWhenTheNewChildEndsGoesOn() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(4L);
		fleet.turn(new Input.Restart(7));
		fleet.turn(new Input.Exited(4, 1));
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0 generation 1",
				"launch 5 slot 0 generation 1");
		assertThat(fleet.events).noneMatch(RolloutFailed.class::isInstance);
		fleet.becomeReady(5);
		fleet.turn(new Input.ListenersClosed(1, 0), new Input.Exited(1, 0));
		assertThat(fleet.lines("launch")).last().isEqualTo("launch 6 slot 1 generation 1");
	}

	@Test
	void childWhenItsSuccessorBootsAlreadyIsNotLaunchedAgain() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(4L);
		fleet.turn(new Input.Exited(1, 137));
		fleet.turn(new Input.Restart(7));
		fleet.turn(new Input.Exited(4, 1));
		fleet.live(Duration.ofSeconds(2), 2, 3);
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0", "launch 5 slot 0 generation 1");
	}

	@Test
	void childThatHasServedIsLostAsAnyOther() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.special.add(1L);
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.special).containsExactly(1L);
		assertThat(fleet.supervisor.fleet().children()).hasSize(3);
	}

	@Test
	void childWhenTheFleetStopsIsNotLaunchedAgain() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.special.add(1L);
		fleet.turn(new Input.Stop(false));
		fleet.turn(new Input.Exited(1, 143));
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.special).containsExactly(1L);
	}

}
