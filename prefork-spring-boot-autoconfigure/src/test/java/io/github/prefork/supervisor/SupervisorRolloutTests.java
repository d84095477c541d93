package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ExitReason;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: rolling restarts.
 */
class SupervisorRolloutTests {

	private final RecordedFleet fleet = RecordedFleet.ready();

	@Test
	void restartReplacesOneSlotAfterTheOther() {
		this.fleet.turn(new Input.Restart(7));
		assertThat(this.fleet.lines).containsSubsequence("event RolloutStarted", "launch 4 slot 0 generation 1")
			.noneMatch((line) -> line.startsWith("close"));
		replace(1, 4);
		assertThat(this.fleet.lines("launch")).last().isEqualTo("launch 5 slot 1 generation 1");
		replace(2, 5);
		replace(3, 6);
		assertThat(this.fleet.events).filteredOn(RolloutFinished.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((RolloutFinished) event).replaced()).isEqualTo(3));
		assertThat(this.fleet.lines).contains("rolled out 7 FINISHED");
		assertThat(this.fleet.events).filteredOn(ChildExited.class::isInstance)
			.hasSize(3)
			.allSatisfy((event) -> assertThat(((ChildExited) event).reason()).isEqualTo(ExitReason.PLANNED));
		assertThat(this.fleet.events).noneMatch(ChildRecovered.class::isInstance);
		assertThat(this.fleet.supervisor.fleet().children()).hasSize(3)
			.allMatch((member) -> member.identity().generation() == 1);
	}

	@Test
	void restartLaunchesTheNextOnlyWhenTheOldOneHasEnded() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.becomeReady(4);
		this.fleet.live(Duration.ofSeconds(5), 1, 2, 3, 4);
		assertThat(this.fleet.lines("launch")).hasSize(1);
		assertThat(this.fleet.lines).contains("close 1 r0 [0, 1, 2]");
		this.fleet.turn(new Input.ListenersClosed(1, 0), new Input.Exited(1, 0));
		assertThat(this.fleet.lines("launch")).hasSize(2);
	}

	@Test
	void recycleReplacesOneSlot() {
		this.fleet.turn(new Input.Recycle(7, 1));
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 1 generation 1");
		replace(2, 4);
		assertThat(this.fleet.lines("rolled out")).containsExactly("rolled out 7 FINISHED");
		assertThat(this.fleet.lines("launch")).hasSize(1);
	}

	@Test
	void recycleOfASlotThatIsNotThereIsRefused() {
		this.fleet.turn(new Input.Recycle(7, 3), new Input.Recycle(8, -1));
		assertThat(this.fleet.lines("rolled out")).containsExactly(
				"rolled out 7 REFUSED: There is no slot 3, only 0 to 2",
				"rolled out 8 REFUSED: There is no slot -1, only 0 to 2");
	}

	@Test
	void restartWhenOneRunsIsRefused() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.turn(new Input.Restart(8));
		assertThat(this.fleet.lines("rolled out"))
			.containsExactly("rolled out 8 REFUSED: A rollout to generation 1 is running");
		assertThat(this.fleet.events).filteredOn(RolloutStarted.class::isInstance).hasSize(1);
	}

	@Test
	void restartWhenTheFleetStartsOrStopsIsRefused() {
		RecordedFleet starting = RecordedFleet.started();
		starting.turn(new Input.Restart(1));
		starting.turn(new Input.Stop(false));
		starting.turn(new Input.Restart(2));
		assertThat(starting.lines("rolled out")).containsExactly("rolled out 1 REFUSED: The fleet has not started yet",
				"rolled out 2 REFUSED: The fleet stops");
	}

	@Test
	void restartWhenTheNewChildFailsKeepsTheOldOnes() {
		this.fleet.turn(new Input.Restart(7));
		replace(1, 4);
		this.fleet.turn(new Input.Failing(5, "no such bean"), new Input.Exited(5, 1));
		assertThat(this.fleet.events).filteredOn(RolloutFailed.class::isInstance).singleElement().satisfies((event) -> {
			RolloutFailed failed = (RolloutFailed) event;
			assertThat(failed.slot()).isEqualTo(1);
			assertThat(failed.replaced()).isEqualTo(1);
			assertThat(failed.reason()).contains("boot-failed").contains("no such bean");
		});
		assertThat(this.fleet.lines("rolled out")).singleElement().asString().startsWith("rolled out 7 FAILED: ");
		this.fleet.live(Duration.ofMinutes(2), 2, 3, 4);
		assertThat(this.fleet.lines("launch")).hasSize(2);
		assertThat(this.fleet.supervisor.fleet().children()).extracting((member) -> member.identity().pid())
			.containsExactly(104L, 102L, 103L);
	}

	@Test
	void restartWhenTheNewChildBootsTooLongFails() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.live(Duration.ofSeconds(70), 1, 2, 3);
		assertThat(this.fleet.lines).contains("kill 4");
		this.fleet.turn(new Input.Exited(4, 137));
		assertThat(this.fleet.lines("rolled out")).singleElement()
			.asString()
			.contains("FAILED")
			.contains("boot-timeout");
	}

	@Test
	void restartWhenTheOldChildDiesMeanwhileTakesTheNewOneForItsReplacement() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.turn(new Input.Exited(1, 137));
		assertThat(this.fleet.lines("launch")).hasSize(1);
		this.fleet.becomeReady(4);
		assertThat(this.fleet.events).hasAtLeastOneElementOfType(ChildRecovered.class);
		assertThat(this.fleet.lines("launch")).last().isEqualTo("launch 5 slot 1 generation 1");
	}

	@Test
	void restartWhenASiblingWasReplacedByANewOneMeanwhilePassesItOver() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.turn(new Input.Exited(3, 137));
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 0 generation 1",
				"launch 5 slot 2 generation 1");
		this.fleet.becomeReady(5);
		replace(1, 4);
		replace(2, 6);
		assertThat(this.fleet.lines).contains("rolled out 7 FINISHED");
		assertThat(this.fleet.lines("launch")).hasSize(3);
	}

	@Test
	void restartWhenTheFleetIsStoppedIsAnswered() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.turn(new Input.Stop(false));
		assertThat(this.fleet.lines).contains("rolled out 7 STOPPED: The fleet stops");
	}

	@Test
	void restartWhenTheFleetHadGivenUpFillsItAgain() {
		SupervisorSettings like = RecordedFleet.SETTINGS;
		RecordedFleet fleet = RecordedFleet.ready(TestSettings.like(like)
			.recovery(new SupervisorSettings.Recovery(0, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.KEEP_SURVIVORS))
			.build());
		fleet.turn(new Input.Exited(1, 134));
		fleet.turn(new Input.Exited(3, 134));
		assertThat(fleet.lines("launch")).isEmpty();
		fleet.turn(new Input.Restart(7));
		assertThat(fleet.supervisor.fleet().recoveryExceeded()).isFalse();
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0 generation 1",
				"launch 5 slot 2 generation 1");
	}

	private void replace(long old, long next) {
		this.fleet.becomeReady(next);
		this.fleet.turn(new Input.ListenersClosed(old, 0));
		this.fleet.turn(new Input.Exited(old, 0));
	}

}
