package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildResumed;
import io.github.prefork.ChildStalled;
import io.github.prefork.ChildStartException;
import io.github.prefork.ExitReason;
import io.github.prefork.PreforkEvent;
import io.github.prefork.StallReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: children that hang, and what is said of them.
 */
class SupervisorHangTests {

	@Test
	void hangWhenNoHeartbeatComesReplacesTheChildAtOnceAndEndsIt() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofMillis(29_900), 1, 3);
		assertThat(fleet.lines("examine")).isEmpty();
		fleet.live(Duration.ofMillis(200), 1, 3);
		assertThat(fleet.lines).containsSubsequence("examine 2", "launch 4 slot 1").doesNotContain("terminate 2");
		fleet.live(Duration.ofSeconds(3), 1, 3);
		assertThat(fleet.lines).contains("terminate 2").doesNotContain("kill 2");
		fleet.live(Duration.ofMillis(9_800), 1, 3);
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofMillis(300), 1, 3);
		assertThat(fleet.lines("kill")).containsExactly("kill 2");
		fleet.turn(new Input.Exited(2, 137));
		assertThat(exited(fleet)).satisfies((event) -> {
			assertThat(event.reason()).isEqualTo(ExitReason.HUNG);
			assertThat(event.planned()).isFalse();
		});
		fleet.becomeReady(4);
		assertThat(fleet.events).last().isInstanceOf(ChildRecovered.class);
		assertThat(fleet.lines("launch")).hasSize(1);
	}

	@Test
	void hangWhenLoopDoesNotAnswerIsToldFromMissingHeartbeats() {
		RecordedFleet fleet = RecordedFleet.ready();
		blockLoop(fleet, 600);
		assertThat(fleet.events).last().isInstanceOfSatisfying(ChildStalled.class, (event) -> {
			assertThat(event.reason()).isEqualTo(StallReason.EVENT_LOOP_BLOCKED);
			assertThat(event.duration()).isEqualTo(Duration.ofMillis(600));
		});
		assertThat(fleet.lines("accept")).anyMatch((line) -> line.startsWith("accept 1 ") && line.endsWith("[0, 1]"));
		blockLoop(fleet, 29_999);
		assertThat(fleet.lines("examine")).isEmpty();
		blockLoop(fleet, 30_000);
		assertThat(fleet.lines("examine")).containsExactly("examine 2");
	}

	@Test
	void hangWhenChildSaysWhereIsEndedWithoutWaitingAndTheReportSaysIt() {
		RecordedFleet fleet = RecordedFleet.ready();
		blockLoop(fleet, 30_000);
		fleet.turn(new Input.Stuck(2, "loop-1 at Blocker.block"));
		assertThat(fleet.lines).contains("terminate 2");
		assertThat(fleet.logs)
			.anySatisfy((line) -> assertThat(line).contains("slot 1")
				.contains("hangs")
				.contains("an event loop does not answer for 30.0 s"))
			.anySatisfy((line) -> assertThat(line).contains("slot 1").contains("loop-1 at Blocker.block"));
	}

	@Test
	void hangWhenLoopAnswersInTimeIsNone() {
		RecordedFleet fleet = RecordedFleet.ready();
		blockLoop(fleet, 29_000);
		fleet.turn(new Input.Heartbeat(2));
		fleet.live(Duration.ofMinutes(1), 1, 2, 3);
		assertThat(fleet.events).hasAtLeastOneElementOfType(ChildResumed.class);
		assertThat(fleet.lines("examine")).isEmpty();
	}

	@Test
	void hangWhenLoopIsBlockedAndOtherMessagesComeIsNotForgotten() {
		RecordedFleet fleet = RecordedFleet.ready();
		blockLoop(fleet, 600);
		fleet.turn(new Input.AcceptBlocked(2, 0, true));
		assertThat(fleet.events).noneMatch(ChildResumed.class::isInstance);
	}

	@Test
	void hangWhenChildLeavesInTimeIsRecoveredOnceOnly() {
		RecordedFleet fleet = RecordedFleet.ready();
		blockLoop(fleet, 30_000);
		fleet.turn(new Input.Leaving(2), new Input.Exited(2, 143));
		assertThat(exited(fleet).reason()).isEqualTo(ExitReason.HUNG);
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 1");
		assertThat(fleet.supervisor.fleet().exits()).containsOnlyKeys(ExitReason.HUNG);
	}

	@Test
	void hangWhenTimeoutIsZeroIsNone() {
		RecordedFleet fleet = RecordedFleet.ready(RecordedFleet.hanging(Duration.ZERO));
		fleet.live(Duration.ofMinutes(5), 1, 3);
		blockLoop(fleet, 300_000);
		assertThat(fleet.lines("examine")).isEmpty();
	}

	@Test
	void hangWhenDebuggerMayStopTheChildIsNone() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Debugged(2));
		fleet.live(Duration.ofMinutes(5), 1, 3);
		assertThat(fleet.events).hasAtLeastOneElementOfType(ChildStalled.class);
		assertThat(fleet.lines("examine")).isEmpty();
	}

	@Test
	void hangWhenDebuggerOfTheSystemHasStoppedTheChildIsNone() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.look = new ProcessLook(true, true, null);
		fleet.live(Duration.ofMinutes(5), 1, 3);
		assertThat(fleet.lines("examine")).isEmpty();
	}

	@Test
	void hangWhenChildIsHeardOfAfterAllIsNoReturn() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofMillis(30_100), 1, 3);
		fleet.turn(new Input.Stuck(2, "main at a.B.c"), new Input.Heartbeat(2));
		assertThat(fleet.events).noneMatch(ChildResumed.class::isInstance);
	}

	@Test
	void stallWhenChildLeavesMeanwhileHasNoReturn() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofMillis(600), 1, 3);
		fleet.turn(new Input.Leaving(2), new Input.Heartbeat(2));
		assertThat(fleet.events).hasAtLeastOneElementOfType(ChildStalled.class)
			.noneMatch(ChildResumed.class::isInstance);
	}

	@Test
	void hangWhenChildBootsIsNone() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1));
		fleet.turn(new Input.LoopBlocked(1, Duration.ofSeconds(40).toNanos()));
		fleet.live(Duration.ofSeconds(50));
		assertThat(fleet.lines("examine")).isEmpty();
	}

	@Test
	void hangWhenMasterStoodStillIsNone() {
		RecordedFleet fleet = RecordedFleet.ready();
		for (int i = 0; i < 10; i++) {
			fleet.sleep(Duration.ofSeconds(40));
			fleet.turn();
			fleet.live(Duration.ofMillis(100), 1, 2, 3);
		}
		assertThat(fleet.lines).isEmpty();
	}

	@Test
	void hangWhenFleetStopsIsLeftToTheStop() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		blockLoop(fleet, 40_000);
		assertThat(fleet.lines).noneMatch((line) -> line.startsWith("examine"))
			.noneMatch((line) -> line.startsWith("launch"))
			.noneMatch((line) -> line.startsWith("event"));
	}

	@Test
	void stallWhenProcessIsStoppedSaysSoAndHowMuchProcessorTimeItUsed() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.look = new ProcessLook(true, false, Duration.ofSeconds(7));
		fleet.live(Duration.ofMillis(600), 1, 3);
		assertThat(fleet.events).last()
			.isInstanceOfSatisfying(ChildStalled.class,
					(event) -> assertThat(event.reason()).isEqualTo(StallReason.PROCESS_STOPPED));
		fleet.look = new ProcessLook(false, false, Duration.ofSeconds(9));
		fleet.turn(new Input.Heartbeat(2));
		assertThat(fleet.events).last().isInstanceOfSatisfying(ChildResumed.class, (event) -> {
			assertThat(event.reason()).isEqualTo(StallReason.PROCESS_STOPPED);
			assertThat(event.cpuTime()).isEqualTo(Duration.ofSeconds(2));
		});
	}

	@Test
	void stallWhenNothingIsKnownOfTheProcessIsAMissingHeartbeat() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofMillis(600), 1, 3);
		fleet.turn(new Input.Heartbeat(2));
		assertThat(fleet.events).last().isInstanceOfSatisfying(ChildResumed.class, (event) -> {
			assertThat(event.reason()).isEqualTo(StallReason.NO_HEARTBEAT);
			assertThat(event.cpuTime()).isNull();
		});
	}

	@Test
	void bootWhenItTakesTooLongSaysWhereItIsStuck() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1));
		fleet.live(Duration.ofSeconds(60), 1);
		assertThat(fleet.lines).contains("examine 1").doesNotContain("kill 1");
		fleet.turn(new Input.Stuck(1, "main at SlowBean.init"));
		assertThat(fleet.lines).endsWith("kill 1");
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.cause).isInstanceOf(ChildStartException.class)
			.hasMessageContaining("boot-timeout")
			.hasMessageContaining("main at SlowBean.init");
	}

	@Test
	void bootWhenItTakesTooLongAndNobodyAnswersIsEndedSoon() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1));
		fleet.live(Duration.ofMillis(62_900));
		assertThat(fleet.lines).contains("examine 1").doesNotContain("kill 1");
		fleet.live(Duration.ofMillis(200));
		assertThat(fleet.lines).contains("kill 1");
	}

	private static void blockLoop(RecordedFleet fleet, long millis) {
		fleet.turn(new Input.LoopBlocked(2, Duration.ofMillis(millis).toNanos()));
	}

	private static ChildExited exited(RecordedFleet fleet) {
		List<PreforkEvent> exits = fleet.events.stream().filter(ChildExited.class::isInstance).toList();
		assertThat(exits).hasSize(1);
		return (ChildExited) exits.get(0);
	}

}
