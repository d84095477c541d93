package io.github.prefork.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.prefork.Build;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RolloutFinished;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: standbys.
 */
class SupervisorStandbyTests {

	private static final SupervisorSettings SETTINGS = TestSettings.like(RecordedFleet.SETTINGS).standby(1).build();

	/** Slots 0 to 2 with the launches 1 to 3, and the standby with launch 4. */
	private RecordedFleet fleet = withStandby(SETTINGS);

	private static RecordedFleet withStandby(SupervisorSettings settings) {
		return withStandby(settings, Build.UNKNOWN);
	}

	private static RecordedFleet withStandby(SupervisorSettings settings, Build build) {
		RecordedFleet fleet = RecordedFleet.ready(settings, build);
		fleet.becomeReady(4);
		fleet.live(Duration.ofSeconds(2), 1, 2, 3, 4);
		fleet.lines.clear();
		fleet.events.clear();
		return fleet;
	}

	@Test
	void standbyIsLaunchedWhenTheFleetHasStarted() {
		RecordedFleet starting = new RecordedFleet(SETTINGS);
		starting.turn(new Input.Start());
		starting.becomeReady(1);
		starting.becomeReady(2);
		assertThat(starting.lines("launch")).hasSize(3);
		starting.becomeReady(3);
		starting.turn();
		assertThat(starting.lines).containsSubsequence("event FleetReady", "launch 4 slot -1", "event ChildSpawned");
	}

	@Test
	void standbyHoldsTheListenersAndAcceptsOnNothing() {
		RecordedFleet starting = RecordedFleet.ready(SETTINGS);
		starting.becomeReady(4);
		starting.live(Duration.ofSeconds(2), 1, 2, 3, 4);
		assertThat(starting.lines).contains("pass 4 own 0").noneMatch((line) -> line.startsWith("accept 4"));
		assertThat(starting.events).filteredOn(ChildReady.class::isInstance).hasSize(3);
		Fleet fleet = starting.supervisor.fleet();
		assertThat(fleet.desired()).isEqualTo(3);
		assertThat(fleet.count(ChildState.READY)).isEqualTo(3);
		assertThat(fleet.children()).last().satisfies((member) -> {
			assertThat(member.state()).isEqualTo(ChildState.STANDBY);
			assertThat(member.identity().slot()).isEqualTo(-1);
		});
	}

	@Test
	void lossIsRepairedAtOnceByTheStandbyWhichIsThenReplaced() {
		this.fleet.turn(new Input.Exited(2, 137));
		assertThat(this.fleet.lines).containsSubsequence("assign 4 slot 1", "accept 4 v9 [1]");
		assertThat(this.fleet.lines("event")).containsExactly("event ChildExited", "event ChildReady",
				"event ChildRecovered", "event ChildSpawned");
		assertThat(this.fleet.events).filteredOn(ChildRecovered.class::isInstance)
			.containsExactly(new ChildRecovered(1, 0, 102, 104));
		assertThat(this.fleet.lines("launch")).containsExactly("launch 5 slot -1");
		assertThat(this.fleet.supervisor.fleet().count(ChildState.READY)).isEqualTo(3);
	}

	@Test
	void lossOfOneThatLeavesOrHangsIsRepairedTheSameWay() {
		this.fleet.turn(new Input.Leaving(2));
		assertThat(this.fleet.lines).contains("assign 4 slot 1");
		this.fleet.becomeReady(5);
		this.fleet.turn(new Input.LoopBlocked(3, Duration.ofSeconds(31).toNanos()));
		assertThat(this.fleet.lines).contains("assign 5 slot 2");
	}

	@Test
	void secondLossIsRepairedByALaunch() {
		this.fleet.turn(new Input.Exited(2, 137), new Input.Exited(3, 137));
		assertThat(this.fleet.lines).contains("assign 4 slot 1");
		assertThat(this.fleet.lines("launch")).containsExactly("launch 5 slot 2", "launch 6 slot -1");
	}

	@Test
	void emptySlotThatStillWaitsIsGivenToTheNextStandby() {
		this.fleet = withStandby(TestSettings.like(SETTINGS)
			.recovery(new SupervisorSettings.Recovery(5, Duration.ofSeconds(60), Duration.ofSeconds(20),
					Duration.ofSeconds(30), OnExceeded.FAIL))
			.build());
		this.fleet.turn(new Input.Exited(2, 137), new Input.Exited(3, 137));
		this.fleet.becomeReady(5);
		assertThat(this.fleet.lines("assign")).containsExactly("assign 4 slot 1", "assign 5 slot 2");
		this.fleet.live(Duration.ofSeconds(30), 1, 4, 5);
		assertThat(this.fleet.lines("launch")).allMatch((line) -> line.contains(" slot -"));
	}

	@Test
	void standbyThatIsStalledOrCutOffIsNotTaken() {
		this.fleet.live(Duration.ofSeconds(1), 1, 2, 3);
		this.fleet.turn(new Input.Exited(2, 137));
		assertThat(this.fleet.lines("assign")).isEmpty();
		assertThat(this.fleet.lines("launch")).containsExactly("launch 5 slot 1");
		this.fleet.turn(new Input.ChannelClosed(4));
		this.fleet.turn(new Input.Exited(3, 137));
		assertThat(this.fleet.lines("assign")).isEmpty();
	}

	@Test
	void standbyThatEndsIsReplacedLaterAndLaterAndEndsNothing() {
		for (long launch = 4; launch < 15; launch++) {
			this.fleet.turn(new Input.Exited(launch, 1));
			this.fleet.live(Duration.ofSeconds((launch < 9) ? 6 : 40), 1, 2, 3);
			assertThat(this.fleet.lines("launch")).last().asString().startsWith("launch " + (launch + 1) + " slot -1");
		}
		this.fleet.turn(new Input.Exited(15, 1));
		this.fleet.live(Duration.ofSeconds(15), 1, 2, 3);
		assertThat(this.fleet.lines("launch")).as("not before its wait is over").hasSize(11);
		assertThat(this.fleet.events).noneMatch(ChildRecovered.class::isInstance)
			.noneMatch(RecoveryExceeded.class::isInstance);
	}

	@Test
	void standbyIsTheLastSurvivor() {
		this.fleet = withStandby(TestSettings.like(SETTINGS)
			.recovery(new SupervisorSettings.Recovery(0, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.KEEP_SURVIVORS))
			.build());
		this.fleet.turn(new Input.Exited(1, 137), new Input.Exited(2, 137), new Input.Exited(3, 137));
		assertThat(this.fleet.lines).contains("assign 4 slot 0").doesNotContain("close master");
		assertThat(this.fleet.lines("launch")).isEmpty();
	}

	@Test
	void scaleUpTakesTheStandby() {
		this.fleet.turn(new Input.Scale(7, 4));
		assertThat(this.fleet.lines).contains("assign 4 slot 3", "scaled 7 from 3 to 4 FINISHED");
		this.fleet.turn(new Input.ListenerHeld(4, 3));
		assertThat(this.fleet.lines("accept 4")).last().asString().contains("3");
	}

	@Test
	void restartReplacesTheStandbyLast() {
		this.fleet.turn(new Input.Restart(7));
		replace(1, 5);
		replace(2, 6);
		replace(3, 7);
		assertThat(this.fleet.lines("launch")).last().isEqualTo("launch 8 slot -1 generation 1");
		this.fleet.becomeReady(8);
		assertThat(this.fleet.lines("rolled out")).isEmpty();
		assertThat(this.fleet.lines("close 4")).containsExactly("close 4 r0 [0, 1, 2]");
		this.fleet.turn(new Input.ListenersClosed(4, 0), new Input.Exited(4, 0));
		assertThat(this.fleet.lines("rolled out")).containsExactly("rolled out 7 FINISHED");
		assertThat(this.fleet.events).filteredOn(RolloutFinished.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((RolloutFinished) event).replaced()).isEqualTo(3));
		assertThat(this.fleet.supervisor.fleet().children()).allMatch((member) -> member.identity().generation() == 1);
	}

	@Test
	void restartWhenAReplacedSlotIsLostDoesNotGiveItToAnOldStandby() {
		this.fleet.turn(new Input.Restart(7));
		replace(1, 5);
		this.fleet.turn(new Input.Exited(5, 137));
		assertThat(this.fleet.lines("assign")).isEmpty();
		this.fleet.turn(new Input.Exited(3, 137));
		assertThat(this.fleet.lines("assign")).containsExactly("assign 4 slot 2");
	}

	@Test
	void stopEndsTheStandbyToo() {
		this.fleet.turn(new Input.Stop(false));
		assertThat(this.fleet.lines).contains("close 4 r4 [0, 1, 2]");
		for (long launch : List.of(1L, 2L, 3L, 4L)) {
			this.fleet.turn(new Input.ListenersClosed(launch, launch));
		}
		for (long launch : List.of(1L, 2L, 3L)) {
			this.fleet.turn(new Input.ListenersClosed(launch, 4 + launch));
		}
		assertThat(this.fleet.lines("drain")).containsExactly("drain 1", "drain 2", "drain 3", "drain 4");
	}

	private void replace(long old, long next) {
		this.fleet.becomeReady(next);
		this.fleet.turn(new Input.ListenersClosed(old, 0));
		this.fleet.turn(new Input.Exited(old, 0));
	}

	@Test
	void slotThatWasFirstFilledByAStandbyIsRecoveredLikeOthers() {
		this.fleet.turn(new Input.Scale(7, 4));
		this.fleet.turn(new Input.Exited(4, 137));
		this.fleet.becomeReady(6);
		assertThat(this.fleet.events).filteredOn(ChildRecovered.class::isInstance)
			.containsExactly(new ChildRecovered(3, 0, 104, 106));
	}

	@Test
	void standbyRepairsASlotThatWasRecycled() {
		recycleSlot1();
		this.fleet.turn(new Input.Exited(5, 137));
		assertThat(this.fleet.lines("assign")).containsExactly("assign 4 slot 1");
	}

	@Test
	void standbyOfAnOlderFileDoesNotRepairASlotThatHasHadANewerOne() {
		this.fleet = withStandby(SETTINGS, new Build(null, null, "app.jar", Instant.EPOCH, 1));
		this.fleet.next = new Build(null, null, "app.jar", Instant.EPOCH.plusSeconds(1), 2);
		recycleSlot1();
		this.fleet.turn(new Input.Exited(5, 137));
		assertThat(this.fleet.lines("assign")).isEmpty();
		assertThat(this.fleet.lines("launch")).last().asString().startsWith("launch 6 slot 1");
	}

	private void recycleSlot1() {
		this.fleet.turn(new Input.Recycle(7, 1));
		this.fleet.becomeReady(5);
		this.fleet.turn(new Input.ListenersClosed(2, 0));
		this.fleet.turn(new Input.Exited(2, 0));
		assertThat(this.fleet.lines("rolled out")).containsExactly("rolled out 7 FINISHED");
	}

}
