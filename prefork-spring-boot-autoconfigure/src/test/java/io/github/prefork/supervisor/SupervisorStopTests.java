package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildRecovered;
import io.github.prefork.HookFailedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StopSequence} within a {@link Supervisor}.
 */
class SupervisorStopTests {

	@Test
	void stopLeavesEachListenerToOneThenEndsItThenDrains() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		assertThat(fleet.lines).containsExactly("readiness false", "close master", "close 1 r1 [1, 2]",
				"close 2 r2 [0, 2]", "close 3 r3 [0, 1]");
		fleet.lines.clear();
		fleet.turn(new Input.ListenersClosed(1, 1), new Input.ListenersClosed(2, 2));
		assertThat(fleet.lines).isEmpty();
		fleet.turn(new Input.ListenersClosed(3, 3));
		assertThat(fleet.lines).containsExactly("close 1 r4 [0] last", "close 2 r5 [1] last", "close 3 r6 [2] last");
		fleet.lines.clear();
		fleet.turn(new Input.ListenersClosed(1, 4), new Input.ListenersClosed(2, 5));
		assertThat(fleet.lines).isEmpty();
		fleet.turn(new Input.ListenersClosed(3, 6));
		assertThat(fleet.lines).containsExactly("drain 1", "drain 2", "drain 3");
		fleet.turn(new Input.Exited(1, 0), new Input.Exited(2, 0), new Input.Exited(3, 0));
		assertThat(fleet.lines).endsWith("stopped");
		assertThat(fleet.cause).isNull();
		assertThat(fleet.events).filteredOn(ChildExited.class::isInstance)
			.allSatisfy((event) -> assertThat(((ChildExited) event).planned()).isTrue());
	}

	@Test
	void stopWhenOwnerIsStalledLeavesItsListenerToAnother() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofSeconds(1), 1, 3);
		fleet.lines.clear();
		fleet.turn(new Input.Stop(false));
		assertThat(fleet.lines("close")).contains("close 2 r2 [0, 1, 2]", "close 1 r1 [2]");
	}

	@Test
	void stopWhenChildDoesNotAnswerGoesOnAfterAWhile() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofMillis(2100));
		assertThat(fleet.lines("drain")).hasSize(3);
		assertThat(fleet.lines("kill")).isEmpty();
	}

	@Test
	void stopWhenAnAnswerIsLateDoesNotTakeItForAnother() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofMillis(1100));
		assertThat(fleet.lines("close 1")).containsExactly("close 1 r1 [1, 2]", "close 1 r4 [0] last");
		fleet.turn(new Input.ListenersClosed(1, 1), new Input.ListenersClosed(2, 2), new Input.ListenersClosed(3, 3));
		assertThat(fleet.lines("drain")).isEmpty();
	}

	@Test
	void stopWhenGracePeriodIsOverKillsWhoIsLeft() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		fleet.turn(new Input.Exited(2, 0));
		fleet.live(Duration.ofMillis(9900));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.lines("kill")).containsExactly("kill 1", "kill 3");
		assertThat(fleet.supervisor.isTerminated()).isFalse();
		fleet.turn(new Input.Exited(1, 137), new Input.Exited(3, 137));
		assertThat(fleet.supervisor.isTerminated()).isTrue();
	}

	@Test
	void stopWhenAskedUrgentlyKillsAtOnce() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		fleet.turn(new Input.Stop(true));
		assertThat(fleet.lines("kill")).containsExactly("kill 1", "kill 2", "kill 3");
	}

	@Test
	void stopWhenChildrenBootEndsThemAndLaunchesNoMore() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1));
		fleet.turn(new Input.Stop(false));
		assertThat(fleet.lines).contains("drain 1", "terminate 1");
		fleet.turn(new Input.Exited(1, 143));
		assertThat(fleet.lines).endsWith("stopped");
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.cause).isNull();
	}

	@Test
	void stopWhenNothingWasLaunchedIsOverAtOnce() {
		RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);
		fleet.turn(new Input.Stop(false));
		assertThat(fleet.supervisor.isTerminated()).isTrue();
		fleet.turn(new Input.Start());
		assertThat(fleet.lines("launch")).isEmpty();
	}

	@Test
	void stopWhenAskedTwiceGoesOnAsBefore() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofSeconds(4));
		fleet.lines.clear();
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofMillis(5900));
		assertThat(fleet.lines).isEmpty();
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.lines).containsExactly("kill 1", "kill 2", "kill 3");
	}

	@Test
	void stopWhenASlotWaitsForItsDelayLaunchesNoMore() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.ChannelClosed(3), new Input.Exited(3, 137));
		fleet.turn(new Input.ChannelClosed(4), new Input.Exited(4, 1));
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 2");
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofSeconds(5));
		fleet.turn(new Input.Exited(1, 0), new Input.Exited(2, 0));
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.lines).endsWith("stopped");
		assertThat(fleet.cause).isNull();
	}

	@Test
	void stopWhenAReplacementBootsEndsItAtOnceAndKillsItAtTheGracePeriod() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.ChannelClosed(3), new Input.Exited(3, 137));
		fleet.turn(new Input.Claimed(4));
		fleet.lines.clear();
		fleet.turn(new Input.Stop(false));
		assertThat(fleet.lines).contains("drain 4", "terminate 4");
		// It may get ready all the same, or fail
		fleet.turn(new Input.Readiness(4, true), new Input.Failing(4, "interrupted"));
		fleet.turn(new Input.Exited(1, 0), new Input.Exited(2, 0));
		fleet.live(Duration.ofMillis(9900));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.lines("kill")).containsExactly("kill 4");
		fleet.turn(new Input.Exited(4, 137));
		assertThat(fleet.lines).endsWith("stopped").doesNotContain("event ChildRecovered");
		assertThat(fleet.cause).isNull();
	}

	@Test
	void stopWhenAHookHasAbortedKeepsTheCauseAndTheGracePeriod() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.failingHook = ChildRecovered.class;
		fleet.turn(new Input.ChannelClosed(3), new Input.Exited(3, 137));
		fleet.becomeReady(4);
		assertThat(fleet.lines("readiness false")).hasSize(1);
		fleet.live(Duration.ofSeconds(4));
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofMillis(5900));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.lines("kill")).containsExactly("kill 1", "kill 2", "kill 4");
		fleet.turn(new Input.Exited(1, 137), new Input.Exited(2, 137), new Input.Exited(4, 137));
		assertThat(fleet.cause).isInstanceOf(HookFailedException.class);
	}

	@Test
	void stopWhenAChildLeavesLetsItGoWithTheOthers() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Leaving(1));
		fleet.confirm();
		fleet.lines.clear();
		fleet.turn(new Input.Stop(false));
		fleet.turn(new Input.Leaving(2), new Input.Leaving(3));
		fleet.live(Duration.ofMillis(2100));
		assertThat(fleet.lines("drain")).contains("drain 1", "drain 2", "drain 3");
		assertThat(fleet.lines("launch")).isEmpty();
		fleet.live(Duration.ofMillis(8000));
		assertThat(fleet.lines("kill")).contains("kill 1", "kill 2", "kill 3");
	}

	@Test
	void stopWhenKilledChildrenDoNotEndIsOverAllTheSame() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(true));
		assertThat(fleet.lines("kill")).hasSize(3);
		fleet.live(Duration.ofMillis(4900));
		assertThat(fleet.supervisor.isTerminated()).isFalse();
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.supervisor.isTerminated()).isTrue();
	}

	@Test
	void stopWhenTheNewChildOfARolloutBootsEndsItAtOnceAndLetsTheOldOnesServeToTheEnd() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Restart(7));
		fleet.turn(new Input.Claimed(4));
		fleet.lines.clear();
		fleet.turn(new Input.Stop(false));
		assertThat(fleet.lines).contains("rolled out 7 STOPPED: The fleet stops", "drain 4", "terminate 4",
				"close 1 r1 [1, 2]", "close 2 r2 [0, 2]", "close 3 r3 [0, 1]");
		// It may get ready all the same
		fleet.turn(new Input.Readiness(4, true));
		fleet.turn(new Input.ListenersClosed(1, 1), new Input.ListenersClosed(2, 2), new Input.ListenersClosed(3, 3));
		assertThat(fleet.lines("close")).contains("close 1 r4 [0] last", "close 2 r5 [1] last", "close 3 r6 [2] last");
		fleet.turn(new Input.ListenersClosed(1, 4), new Input.ListenersClosed(2, 5), new Input.ListenersClosed(3, 6));
		assertThat(fleet.lines("drain")).contains("drain 1", "drain 2", "drain 3");
		fleet.turn(new Input.Exited(1, 0), new Input.Exited(2, 0), new Input.Exited(3, 0), new Input.Exited(4, 143));
		assertThat(fleet.lines).endsWith("stopped");
		assertThat(fleet.lines("launch")).isEmpty();
		assertThat(fleet.cause).isNull();
	}

	@Test
	void stopWhenTheOldChildOfARolloutDrainsLeavesItsListenerToTheNewOne() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Restart(7));
		fleet.becomeReady(4);
		fleet.turn(new Input.ListenersClosed(1, 0));
		fleet.lines.clear();
		fleet.turn(new Input.Stop(false));
		fleet.live(Duration.ofMillis(2100));
		assertThat(fleet.lines("close")).contains("close 4 r3 [1, 2]", "close 4 r4 [0] last")
			.noneMatch((line) -> line.startsWith("close 1 "));
		assertThat(fleet.lines("launch")).isEmpty();
		fleet.live(Duration.ofMillis(7800));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.lines("kill")).containsExactly("kill 1", "kill 2", "kill 3", "kill 4");
	}

}
