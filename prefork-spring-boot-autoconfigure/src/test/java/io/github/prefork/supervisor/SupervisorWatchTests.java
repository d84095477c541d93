package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildStalled;
import io.github.prefork.ExitReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: late children, a late master, children that leave.
 */
class SupervisorWatchTests {

	@Test
	void turnWhenHeartbeatsAreMissingLetsSiblingsHelpAndTellsIt() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofMillis(600), 1, 3);
		assertThat(fleet.events).last()
			.isInstanceOfSatisfying(ChildStalled.class, (event) -> assertThat(event.slot()).isEqualTo(1));
		assertThat(fleet.lines("accept")).anyMatch((line) -> line.startsWith("accept 1 ") && line.endsWith("[0, 1]"))
			.anyMatch((line) -> line.startsWith("accept 3 ") && line.endsWith("[1, 2]"))
			.noneMatch((line) -> line.startsWith("accept 2 "));
	}

	@Test
	void turnWhenStalledChildIsBackKeepsHelpersForTwiceTheStallTimeout() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofMillis(600), 1, 3);
		fleet.confirm();
		fleet.lines.clear();
		fleet.live(Duration.ofMillis(900), 1, 2, 3);
		assertThat(fleet.lines("accept")).isEmpty();
		fleet.live(Duration.ofMillis(300), 1, 2, 3);
		assertThat(fleet.lines("accept")).hasSize(2);
	}

	@Test
	void turnWhenMasterStoodStillDeclaresNobodyStalled() {
		RecordedFleet fleet = RecordedFleet.ready();
		for (int millis = 100; millis < 3000; millis += 70) {
			fleet.sleep(Duration.ofMillis(millis));
			fleet.turn();
			fleet.live(Duration.ofMillis(100), 1, 2, 3);
		}
		fleet.sleep(Duration.ofHours(1));
		fleet.turn();
		assertThat(fleet.events).noneMatch(ChildStalled.class::isInstance);
		assertThat(fleet.lines).isEmpty();
	}

	@Test
	void turnWhenMasterStoodStillWhileChildBootsDoesNotKillIt() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.live(Duration.ofSeconds(30));
		fleet.sleep(Duration.ofHours(1));
		fleet.live(Duration.ofSeconds(29));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofSeconds(2));
		assertThat(fleet.lines("kill")).containsExactly("kill 1");
	}

	@Test
	void turnWhenMasterStoodStillDuringTheStopLeavesTheGracePeriod() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Stop(false));
		fleet.sleep(Duration.ofHours(1));
		fleet.live(Duration.ofSeconds(9));
		assertThat(fleet.lines("kill")).isEmpty();
	}

	@Test
	void leavingWhenSiblingsHaveConfirmedReleasesTheChild() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Leaving(2));
		assertThat(fleet.lines).contains("launch 4 slot 1").noneMatch((line) -> line.startsWith("close"));
		fleet.confirm();
		assertThat(fleet.lines).contains("close 2 r0 [0, 1, 2]");
		fleet.turn(new Input.ListenersClosed(2, 0));
		assertThat(fleet.lines).endsWith("drain 2");
		fleet.turn(new Input.Exited(2, 143));
		assertThat(fleet.events).filteredOn(ChildExited.class::isInstance).hasSize(1).first().satisfies((event) -> {
			assertThat(((ChildExited) event).reason()).isEqualTo(ExitReason.LEFT);
			assertThat(((ChildExited) event).planned()).isFalse();
		});
		assertThat(fleet.lines("launch")).hasSize(1);
	}

	@Test
	void leavingWhenItTakesTooLongEndsByAKill() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Leaving(2));
		fleet.live(Duration.ofSeconds(21), 1, 3);
		assertThat(fleet.lines("kill")).containsExactly("kill 2");
		fleet.turn(new Input.Exited(2, 137));
		assertThat(fleet.supervisor.fleet().exits()).containsEntry(ExitReason.LEFT, 1L);
	}

	@Test
	void leavingWhenChildHasNeverServedLetsItGoWithoutAccepting() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1), new Input.ServerStarting(1), new Input.ListenerHeld(1, 0));
		fleet.turn(new Input.Leaving(1));
		assertThat(fleet.lines).contains("close 1 r0 [0, 1, 2]").noneMatch((line) -> line.startsWith("accept"));
	}

	@Test
	void channelWhenLostAndProcessLivesOnKillsIt() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.ChannelClosed(2));
		fleet.live(Duration.ofSeconds(6), 1, 3);
		assertThat(fleet.lines("kill")).containsExactly("kill 2");
		fleet.turn(new Input.Exited(2, 137));
		assertThat(fleet.supervisor.fleet().exits()).containsEntry(ExitReason.LOST_CHANNEL, 1L);
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 1");
	}

}
