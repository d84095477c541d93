package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import io.github.prefork.Scaled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: another number of children.
 */
class SupervisorScaleTests {

	private RecordedFleet fleet = RecordedFleet.ready();

	@Test
	void scaleUpAddsListenersThenLaunchesAndEndsWhenTheNewOnesAreReady() {
		this.fleet.turn(new Input.Scale(7, 5));
		assertThat(this.fleet.lines).startsWith("add 2 listeners", "pass more 1 from 3", "pass more 2 from 3",
				"pass more 3 from 3");
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 3", "launch 5 slot 4");
		assertThat(this.fleet.supervisor.fleet().desired()).isEqualTo(5);
		this.fleet.becomeReady(4);
		assertThat(this.fleet.lines("scaled")).isEmpty();
		this.fleet.becomeReady(5);
		assertThat(this.fleet.lines("scaled")).containsExactly("scaled 7 from 3 to 5 FINISHED");
		assertThat(scaled()).usingRecursiveComparison().ignoringFields("duration").isEqualTo(scaled(3, 5));
		assertThat(this.fleet.events).noneMatch(ChildRecovered.class::isInstance);
	}

	@Test
	void scaleUpLetsSiblingsAcceptOnNewListenersUntilTheirOwnersDo() {
		this.fleet.turn(new Input.Scale(7, 4));
		this.fleet.turn(new Input.ListenerHeld(1, 3));
		assertThat(this.fleet.lines("accept")).singleElement().asString().startsWith("accept 1 ").endsWith("[0, 3]");
		this.fleet.turn(new Input.ListenerHeld(2, 3), new Input.ListenerHeld(3, 3));
		this.fleet.becomeReady(4);
		this.fleet.lines.clear();
		this.fleet.live(Duration.ofSeconds(2), 1, 2, 3, 4);
		assertThat(this.fleet.lines("accept")).hasSize(3)
			.anySatisfy((line) -> assertThat(line).startsWith("accept 1 ").endsWith(" [0]"))
			.anySatisfy((line) -> assertThat(line).startsWith("accept 2 ").endsWith(" [1]"))
			.anySatisfy((line) -> assertThat(line).startsWith("accept 3 ").endsWith(" [2]"));
	}

	@Test
	void scaleUpObeysTheBootParallelism() {
		SupervisorSettings settings = TestSettings.like(RecordedFleet.SETTINGS).bootParallelism(1).build();
		this.fleet = RecordedFleet.ready(settings);
		this.fleet.turn(new Input.Scale(7, 5));
		assertThat(this.fleet.lines("launch")).hasSize(1);
		this.fleet.becomeReady(4);
		assertThat(this.fleet.lines("launch")).hasSize(2);
	}

	@Test
	void scaleDownLetsTheHighestGoWhenSiblingsAccept() {
		this.fleet.turn(new Input.Scale(7, 1));
		assertThat(this.fleet.lines("accept")).first().asString().endsWith("[0, 1, 2]");
		assertThat(this.fleet.lines("close")).isEmpty();
		this.fleet.confirm();
		assertThat(this.fleet.lines("close")).containsExactly("close 3 r0 [0, 1, 2]", "close 2 r0 [0, 1, 2]");
		this.fleet.turn(new Input.ListenersClosed(3, 0), new Input.ListenersClosed(2, 0));
		assertThat(this.fleet.lines("drain")).containsExactly("drain 3", "drain 2");
		this.fleet.turn(new Input.Exited(3, 0));
		assertThat(this.fleet.lines("scaled")).isEmpty();
		this.fleet.turn(new Input.Exited(2, 0));
		assertThat(this.fleet.lines("scaled")).containsExactly("scaled 7 from 3 to 1 FINISHED");
		assertThat(scaled()).usingRecursiveComparison().ignoringFields("duration").isEqualTo(scaled(3, 1));
		assertThat(this.fleet.events).filteredOn(ChildExited.class::isInstance)
			.hasSize(2)
			.allSatisfy((event) -> assertThat(((ChildExited) event).reason()).isEqualTo(ExitReason.PLANNED));
		assertThat(this.fleet.lines("launch")).isEmpty();
	}

	@Test
	void scaleUpAgainTakesTheListenersThatStayedOpen() {
		scaleDownToOne();
		this.fleet.lines.clear();
		this.fleet.turn(new Input.Scale(8, 3));
		assertThat(this.fleet.lines("add")).isEmpty();
		assertThat(this.fleet.lines("pass more")).isEmpty();
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 1", "launch 5 slot 2");
		this.fleet.becomeReady(4);
		this.fleet.becomeReady(5);
		this.fleet.lines.clear();
		this.fleet.live(Duration.ofSeconds(2), 1, 4, 5);
		assertThat(this.fleet.lines("accept")).anySatisfy((line) -> assertThat(line).endsWith(" [0]"))
			.anySatisfy((line) -> assertThat(line).endsWith(" [1]"))
			.anySatisfy((line) -> assertThat(line).endsWith(" [2]"));
	}

	@Test
	void scaleDownOfAChildThatDoesNotEndKillsIt() {
		this.fleet.turn(new Input.Scale(7, 2));
		this.fleet.live(Duration.ofSeconds(21), 1, 2, 3);
		assertThat(this.fleet.lines).contains("kill 3");
	}

	@Test
	void scaleDownWhileAChildBootsEndsIt() {
		this.fleet.turn(new Input.Scale(7, 4));
		this.fleet.turn(new Input.Scale(8, 3));
		assertThat(this.fleet.lines).containsSubsequence(
				"scaled 7 from 3 to 4 STOPPED: Another request has taken its " + "place: 3 children", "terminate 4");
		this.fleet.turn(new Input.Readiness(4, true), new Input.Exited(4, 143));
		assertThat(this.fleet.lines("scaled")).last().isEqualTo("scaled 8 from 4 to 3 FINISHED");
		assertThat(this.fleet.events).noneMatch(Scaled.class::isInstance);
	}

	@Test
	void scaleByTwiceAddsTwo() {
		this.fleet.turn(new Input.ScaleBy(7, 1), new Input.ScaleBy(8, 1));
		assertThat(this.fleet.lines("launch")).hasSize(2);
		this.fleet.becomeReady(4);
		this.fleet.becomeReady(5);
		assertThat(this.fleet.lines("scaled")).containsExactly(
				"scaled 7 from 3 to 4 STOPPED: Another request has taken its place: 5 children",
				"scaled 8 from 4 to 5 FINISHED");
		assertThat(scaled()).usingRecursiveComparison().ignoringFields("duration").isEqualTo(scaled(3, 5));
	}

	@Test
	void scaleToThePresentNumberIsFinishedAtOnce() {
		this.fleet.turn(new Input.Scale(7, 3));
		assertThat(this.fleet.lines).containsExactly("scaled 7 from 3 to 3 FINISHED");
	}

	@Test
	void scaleOutOfBoundsIsRefused() {
		this.fleet.turn(new Input.Scale(1, 0), new Input.Scale(2, 6), new Input.ScaleBy(3, -3),
				new Input.ScaleBy(4, 3));
		assertThat(this.fleet.lines).containsExactly(
				"scaled 1 from 3 to 3 REFUSED: There has to be one child at least, and 0 were asked for",
				"scaled 2 from 3 to 3 REFUSED: prefork.max-children=5 does not allow 6 children",
				"scaled 3 from 3 to 3 REFUSED: There has to be one child at least, and 0 were asked for",
				"scaled 4 from 3 to 3 REFUSED: prefork.max-children=5 does not allow 6 children");
	}

	@Test
	void scaleBelowMinReadyIsRefused() {
		this.fleet = RecordedFleet.ready(RecordedFleet.minReady(RecordedFleet.SETTINGS, 2));
		this.fleet.turn(new Input.Scale(7, 1));
		assertThat(this.fleet.lines)
			.containsExactly("scaled 7 from 3 to 3 REFUSED: prefork.min-ready=2 does not allow 1 child");
	}

	@Test
	void scaleDownWhenThoseThatWouldStayAreNotReadyIsRefused() {
		this.fleet.turn(new Input.Exited(1, 137));
		this.fleet.turn(new Input.Scale(7, 1));
		assertThat(this.fleet.lines("scaled")).containsExactly("scaled 7 from 3 to 3 REFUSED: Only 0 of the 1 children "
				+ "that would stay are ready, and 1 have to be");
	}

	@Test
	void scaleWhileTheFleetStartsOrStopsIsRefused() {
		RecordedFleet starting = RecordedFleet.started();
		starting.turn(new Input.Scale(1, 2));
		starting.turn(new Input.Stop(false));
		starting.turn(new Input.ScaleBy(2, 1));
		assertThat(starting.lines("scaled")).containsExactly(
				"scaled 1 from 3 to 3 REFUSED: The fleet has not started yet",
				"scaled 2 from 3 to 3 REFUSED: The fleet stops");
	}

	@Test
	void scaleWhileARolloutRunsIsRefusedAndTheOtherWayRound() {
		this.fleet.turn(new Input.Scale(1, 4));
		this.fleet.turn(new Input.Restart(2));
		this.fleet.becomeReady(4);
		this.fleet.turn(new Input.Restart(3));
		this.fleet.turn(new Input.Scale(4, 5));
		assertThat(this.fleet.lines).containsSubsequence(
				"rolled out 2 REFUSED: The number of children is being changed to 4", "scaled 1 from 3 to 4 FINISHED",
				"scaled 4 from 4 to 4 REFUSED: A rollout to generation 1 is running");
	}

	@Test
	void scaleWhenTheFleetHasGivenUpIsRefused() {
		this.fleet = RecordedFleet.ready(TestSettings.like(RecordedFleet.SETTINGS)
			.recovery(new SupervisorSettings.Recovery(0, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.KEEP_SURVIVORS))
			.build());
		this.fleet.turn(new Input.Exited(1, 134));
		this.fleet.turn(new Input.Scale(7, 4));
		assertThat(this.fleet.lines("scaled")).singleElement()
			.asString()
			.contains("REFUSED")
			.contains("rolling restart");
	}

	@Test
	void scaleUpWhenAChildCannotBootGivesUpItsSlotAndThoseAboveIt() {
		this.fleet.turn(new Input.Scale(7, 5));
		this.fleet.turn(new Input.Failing(4, "no such bean"), new Input.Exited(4, 1));
		assertThat(this.fleet.lines("scaled")).singleElement()
			.asString()
			.startsWith("scaled 7 from 3 to 3 FAILED: The child in slot 3")
			.contains("no such bean");
		assertThat(this.fleet.lines).contains("terminate 5");
		this.fleet.turn(new Input.Exited(5, 143));
		this.fleet.live(Duration.ofMinutes(2), 1, 2, 3);
		assertThat(this.fleet.lines("launch")).hasSize(2);
		Fleet left = this.fleet.supervisor.fleet();
		assertThat(left.desired()).isEqualTo(3);
		assertThat(left.children()).hasSize(3);
		assertThat(this.fleet.logs).anyMatch((line) -> line.contains("no such bean"));
	}

	@Test
	void scaleUpWhenTheSecondChildCannotBootKeepsTheFirst() {
		this.fleet.turn(new Input.Scale(7, 5));
		this.fleet.becomeReady(4);
		this.fleet.turn(new Input.Exited(5, 1));
		assertThat(this.fleet.lines("scaled")).singleElement().asString().startsWith("scaled 7 from 3 to 4 FAILED");
		assertThat(this.fleet.supervisor.fleet().desired()).isEqualTo(4);
	}

	@Test
	void scaleUpWhenNoProcessCanBeStartedFails() {
		this.fleet.failLaunches = true;
		this.fleet.turn(new Input.Scale(7, 5));
		assertThat(this.fleet.lines("scaled")).containsExactly("scaled 7 from 3 to 3 FAILED: no process");
		assertThat(this.fleet.supervisor.fleet().recoveryExceeded()).isFalse();
	}

	@Test
	void scaleUpWhenNoListenerCanBeAddedChangesNothing() {
		this.fleet.failListeners = true;
		this.fleet.turn(new Input.Scale(7, 5));
		assertThat(this.fleet.lines).containsExactly("add 2 listeners",
				"scaled 7 from 3 to 3 FAILED: No more listeners can be opened: no descriptors");
		assertThat(this.fleet.supervisor.fleet().desired()).isEqualTo(3);
	}

	@Test
	void scaleUpOfASharedListenerAddsNone() {
		this.fleet = RecordedFleet.ready(TestSettings.like(RecordedFleet.SETTINGS).owned(false).build());
		this.fleet.turn(new Input.Scale(7, 4));
		assertThat(this.fleet.lines("add")).isEmpty();
		this.fleet.becomeReady(4);
		assertThat(this.fleet.lines).contains("pass 4 own 0", "scaled 7 from 3 to 4 FINISHED");
	}

	@Test
	void crashMeanwhileIsRepaired() {
		this.fleet.turn(new Input.Scale(7, 4));
		this.fleet.turn(new Input.Exited(1, 137));
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 3", "launch 5 slot 0");
		this.fleet.becomeReady(4);
		assertThat(this.fleet.lines("scaled")).containsExactly("scaled 7 from 3 to 4 FINISHED");
		this.fleet.becomeReady(5);
		assertThat(this.fleet.events).filteredOn(ChildRecovered.class::isInstance).hasSize(1);
	}

	@Test
	void scaleWhenTheFleetIsStoppedIsAnswered() {
		this.fleet.turn(new Input.Scale(7, 4));
		this.fleet.turn(new Input.Stop(false));
		assertThat(this.fleet.lines).contains("scaled 7 from 3 to 4 STOPPED: The fleet stops");
	}

	@Test
	void stopWithMoreListenersThanSlotsEndsThemAll() {
		scaleDownToOne();
		this.fleet.lines.clear();
		this.fleet.turn(new Input.Stop(false));
		assertThat(this.fleet.lines("close 1")).containsExactly("close 1 r1 [0, 1, 2] last");
	}

	private void scaleDownToOne() {
		this.fleet.turn(new Input.Scale(7, 1));
		this.fleet.confirm();
		this.fleet.turn(new Input.ListenersClosed(3, 0), new Input.ListenersClosed(2, 0), new Input.Exited(3, 0),
				new Input.Exited(2, 0));
	}

	private Scaled scaled() {
		return this.fleet.events.stream()
			.filter(Scaled.class::isInstance)
			.map(Scaled.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private static Scaled scaled(int before, int children) {
		return new Scaled(before, children, Duration.ZERO);
	}

	@Test
	void childThatIsGivenUpAfterTooManyLossesIsLetGoAtOnce() {
		SupervisorSettings settings = TestSettings.like(RecordedFleet.SETTINGS)
			.bootParallelism(3)
			.recovery(new SupervisorSettings.Recovery(1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.KEEP_SURVIVORS))
			.build();
		RecordedFleet fleet = RecordedFleet.ready(settings);
		fleet.live(Duration.ofSeconds(2), 1, 2, 3);
		fleet.turn(new Input.Exited(1, 137));
		fleet.confirm();
		fleet.turn(new Input.Scale(9, 5));
		for (long launch : List.of(2L, 3L)) {
			fleet.turn(new Input.ListenerHeld(launch, 3), new Input.ListenerHeld(launch, 4));
		}
		fleet.becomeReady(6);
		for (int i = 0; i < 5; i++) {
			fleet.turn(new Input.ListenerHeld(6, i));
		}
		fleet.confirm();
		fleet.live(Duration.ofSeconds(3), 2, 3, 6);
		fleet.confirm();
		fleet.lines.clear();
		fleet.turn(new Input.Exited(4, 137), new Input.Exited(5, 137));
		fleet.live(Duration.ofSeconds(5), 2, 3, 6);
		assertThat(fleet.lines).anyMatch((line) -> line.startsWith("accept 2"));
		fleet.confirm();
		assertThat(fleet.lines).contains("close 6 r0 [0, 1, 2, 3, 4]");
	}

	@Test
	void fewerChildrenThatAreStalledAreRefused() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofSeconds(2), 1, 2, 3);
		fleet.live(Duration.ofSeconds(2), 2, 3);
		fleet.turn(new Input.Scale(9, 1));
		assertThat(fleet.lines("scaled 9")).singleElement().asString().contains("REFUSED").contains("Only 0 of the 1");
	}

	@Test
	void moreAndFewerInTurnsDoesNotGatherProcesses() {
		RecordedFleet fleet = RecordedFleet.ready(TestSettings.like(RecordedFleet.SETTINGS).maxChildren(4).build());
		fleet.live(Duration.ofSeconds(2), 1, 2, 3);
		long request = 10;
		for (int i = 0; i < 5; i++) {
			fleet.turn(new Input.Scale(request++, 1));
			fleet.turn(new Input.Scale(request++, 4));
			fleet.supervisor.fleet()
				.children()
				.stream()
				.filter((member) -> member.state() == ChildState.BOOTING)
				.map((member) -> member.identity().pid() - 100)
				.forEach(fleet::becomeReady);
			fleet.turn();
			assertThat(fleet.supervisor.fleet().children()).hasSizeLessThanOrEqualTo(4);
		}
		for (long leaving : List.of(2L, 3L)) {
			fleet.turn(new Input.Exited(leaving, 0));
		}
		assertThat(fleet.supervisor.fleet().count(ChildState.BOOTING)).isEqualTo(2);
	}

	@Test
	void fewerDoesNotWaitForEverForAProcessThatDoesNotEnd() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.live(Duration.ofSeconds(2), 1, 2, 3);
		fleet.turn(new Input.Scale(9, 2));
		fleet.live(RecordedFleet.SETTINGS.gracePeriod().multipliedBy(2).plusSeconds(1), 1, 2);
		assertThat(fleet.lines).contains("kill 3");
		assertThat(fleet.lines("scaled 9")).isEmpty();
		fleet.live(Duration.ofSeconds(5), 1, 2);
		assertThat(fleet.lines("scaled 9")).containsExactly("scaled 9 from 3 to 2 FINISHED");
	}

}
