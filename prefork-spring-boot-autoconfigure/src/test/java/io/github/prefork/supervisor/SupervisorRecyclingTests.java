package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildState;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import io.github.prefork.supervisor.SupervisorSettings.Recycle;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: children that are replaced because they have reached a
 * limit.
 */
class SupervisorRecyclingTests {

	private static final Duration SECONDS = Duration.ofSeconds(6);

	private final RecordedFleet fleet = fleet(1000, Duration.ZERO, 0);

	@Test
	void childThatHasReachedItsRequestsIsReplaced() {
		this.fleet.requests.put(2L, 1000L);
		this.fleet.live(SECONDS, 1, 2, 3);
		assertThat(started()).singleElement().satisfies((event) -> {
			assertThat(event.cause()).isEqualTo(RolloutCause.LIMIT);
			assertThat(event.slot()).isEqualTo(1);
			assertThat(event.reason()).isEqualTo("pid 102 has had 1,000 requests of at most 1,000");
		});
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 1 generation 1");
		replace(2, 4);
		assertThat(this.fleet.events).filteredOn(RolloutFinished.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((RolloutFinished) event).cause()).isEqualTo(RolloutCause.LIMIT));
		assertThat(this.fleet.supervisor.fleet().recycles()).containsOnlyKeys(Outcome.FINISHED);
		assertThat(this.fleet.supervisor.fleet().rollouts()).isEmpty();
		assertThat(this.fleet.lines("rolled out")).isEmpty();
		assertThat(this.fleet.events).filteredOn(ChildExited.class::isInstance)
			.allMatch((event) -> ((ChildExited) event).planned());
	}

	@Test
	void childThatUsesTooMuchMemoryIsReplaced() {
		RecordedFleet fleet = fleet(0, Duration.ZERO, 400L << 20);
		fleet.memory.put(1L, 399L);
		fleet.memory.put(3L, 412L);
		fleet.live(SECONDS, 1, 2, 3);
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 2 generation 1");
		assertThat(fleet.events).filteredOn(RolloutStarted.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((RolloutStarted) event).reason())
				.isEqualTo("pid 103 uses 412 MiB of memory of at most 400 MiB"));
		assertThat(fleet.logs).singleElement().asString().contains("'prefork.recycle.max-memory' may be too low");
	}

	@Test
	void memoryThatGrowsLaterIsNoReasonToWarn() {
		RecordedFleet fleet = fleet(0, Duration.ZERO, 400L << 20);
		fleet.live(Duration.ofMinutes(2), 1, 2, 3);
		fleet.memory.put(3L, 412L);
		fleet.live(SECONDS, 1, 2, 3);
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.logs).isEmpty();
	}

	@Test
	void fleetIsReadyBeforeAChildIsRecycled() {
		RecordedFleet fleet = new RecordedFleet(
				TestSettings.like(RecordedFleet.SETTINGS).recycle(new Recycle(1, Duration.ZERO, 0, 0)).build());
		fleet.requests.put(1L, 10L);
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		fleet.becomeReady(2);
		fleet.becomeReady(3);
		assertThat(fleet.lines("event")).containsSubsequence("event FleetReady", "event RolloutStarted");
	}

	@Test
	void childThatHasServedForItsLifetimeIsReplaced() {
		RecordedFleet fleet = fleet(0, Duration.ofMinutes(1), 0);
		fleet.live(Duration.ofSeconds(57), 1, 2, 3);
		assertThat(fleet.lines("launch")).isEmpty();
		fleet.live(Duration.ofSeconds(3), 1, 2, 3);
		assertThat(fleet.lines("launch")).containsExactly("launch 4 slot 0 generation 1");
		assertThat(fleet.figures).as("looks at figures that no limit is about").isZero();
	}

	@Test
	void lookIsTakenOnceASecondAtMostAndNeverWithoutALimit() {
		this.fleet.figures = 0;
		this.fleet.live(Duration.ofSeconds(10), 1, 2, 3);
		assertThat(this.fleet.figures).isBetween(27, 33);
		RecordedFleet withoutLimit = RecordedFleet.ready();
		withoutLimit.live(Duration.ofSeconds(10), 1, 2, 3);
		assertThat(withoutLimit.figures).isZero();
	}

	@Test
	void memoryIsLookedAtEveryFiveSeconds() {
		RecordedFleet fleet = fleet(0, Duration.ZERO, 400L << 20);
		fleet.figures = 0;
		fleet.live(Duration.ofSeconds(20), 1, 2, 3);
		assertThat(fleet.figures).isBetween(9, 15);
	}

	@Test
	void childrenThatHaveReachedALimitTogetherAreReplacedOneAfterTheOtherTheMostUsedFirst() {
		this.fleet.requests.put(1L, 1001L);
		this.fleet.requests.put(2L, 3000L);
		this.fleet.live(SECONDS, 1, 2, 3);
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 1 generation 1");
		replace(2, 4);
		this.fleet.live(SECONDS, 1, 3, 4);
		assertThat(this.fleet.lines("launch")).last().isEqualTo("launch 5 slot 0 generation 2");
	}

	@Test
	void childIsNotReplacedWhileASiblingIsNotReady() {
		this.fleet.turn(new Input.Readiness(3, false));
		this.fleet.requests.put(1L, 1001L);
		this.fleet.live(SECONDS, 1, 2, 3);
		assertThat(this.fleet.lines("launch")).isEmpty();
		this.fleet.turn(new Input.Readiness(3, true));
		this.fleet.live(Duration.ofMillis(1), 1, 2, 3);
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 0 generation 1");
	}

	@Test
	void childIsNotReplacedWhileARolloutRuns() {
		this.fleet.turn(new Input.Recycle(7, 2));
		this.fleet.requests.put(1L, 1001L);
		this.fleet.live(SECONDS, 1, 2, 3);
		assertThat(this.fleet.lines("launch")).containsExactly("launch 4 slot 2 generation 1");
		replace(3, 4);
		this.fleet.live(SECONDS, 1, 2, 4);
		assertThat(this.fleet.lines("launch")).last().isEqualTo("launch 5 slot 0 generation 2");
	}

	@Test
	void newChildThatFailsKeepsTheOldOneAndIsNotTriedAgainForAWhile() {
		RecordedFleet fleet = this.fleet;
		fleet.requests.put(1L, 1001L);
		fleet.live(SECONDS, 1, 2, 3);
		fleet.turn(new Input.Failing(4, "no such bean"), new Input.Exited(4, 1));
		assertThat(fleet.events).filteredOn(RolloutFailed.class::isInstance).singleElement().satisfies((event) -> {
			RolloutFailed failed = (RolloutFailed) event;
			assertThat(failed.cause()).isEqualTo(RolloutCause.LIMIT);
			assertThat(failed.reason()).contains("no such bean");
		});
		assertThat(fleet.logs).singleElement().asString().startsWith("No child is recycled for the next ");
		fleet.live(Duration.ofSeconds(22), 1, 2, 3);
		assertThat(fleet.lines("launch")).hasSize(1);
		fleet.live(Duration.ofSeconds(18), 1, 2, 3);
		assertThat(fleet.lines("launch")).hasSize(2);
		fleet.turn(new Input.Exited(5, 1));
		fleet.live(Duration.ofSeconds(44), 1, 2, 3);
		assertThat(fleet.lines("launch")).hasSize(2);
		assertThat(fleet.supervisor.fleet().recycles()).containsEntry(Outcome.FAILED, 2L);
	}

	@Test
	void newChildrenThatFailDoNotEndTheFleet() {
		this.fleet.requests.put(1L, 1001L);
		for (long launch = 4; launch < 24; launch++) {
			this.fleet.live(Duration.ofMinutes(20), 1, 2, 3);
			this.fleet.turn(new Input.Exited(launch, 1));
		}
		assertThat(this.fleet.supervisor.fleet().recycles()).containsEntry(Outcome.FAILED, 20L);
		assertThat(this.fleet.cause).isNull();
		assertThat(this.fleet.supervisor.fleet().children()).hasSize(3);
	}

	@Test
	void lossesAreNotForgottenForIt() {
		RecordedFleet fleet = RecordedFleet.ready(TestSettings.like(RecordedFleet.SETTINGS)
			.recycle(new Recycle(1000, Duration.ZERO, 0, 0))
			.recovery(new SupervisorSettings.Recovery(1, Duration.ofMinutes(10), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.FAIL))
			.build());
		fleet.turn(new Input.Exited(3, 134));
		fleet.becomeReady(4);
		fleet.requests.put(1L, 1001L);
		fleet.live(SECONDS, 1, 2, 4);
		assertThat(fleet.lines("launch")).last().isEqualTo("launch 5 slot 0 generation 1");
		fleet.turn(new Input.Exited(2, 134));
		assertThat(fleet.events).hasAtLeastOneElementOfType(RecoveryExceeded.class);
	}

	@Test
	void restartTakesItsPlace() {
		this.fleet.requests.put(2L, 1001L);
		this.fleet.live(SECONDS, 1, 2, 3);
		this.fleet.turn(new Input.Restart(7));
		assertThat(this.fleet.lines).contains("terminate 4").doesNotContain("rolled out 7 REFUSED");
		assertThat(this.fleet.supervisor.fleet().recycles()).containsOnlyKeys(Outcome.STOPPED);
		assertThat(started()).extracting(RolloutStarted::cause)
			.containsExactly(RolloutCause.LIMIT, RolloutCause.RESTART);
		assertThat(this.fleet.lines("launch")).as("launches while the dismissed one lives").hasSize(1);
		assertThat(this.fleet.supervisor.fleet().count(ChildState.BOOTING)).isZero();
		this.fleet.turn(new Input.Exited(4, 143));
		replace(1, 5);
		replace(2, 6);
		replace(3, 7);
		assertThat(this.fleet.lines).contains("rolled out 7 FINISHED");
	}

	@Test
	void restartTakesItsPlaceWhenTheOldChildDrains() {
		this.fleet.requests.put(2L, 1001L);
		this.fleet.live(SECONDS, 1, 2, 3);
		this.fleet.becomeReady(4);
		this.fleet.turn(new Input.Recycle(7, 0));
		assertThat(this.fleet.lines("launch")).hasSize(1);
		this.fleet.turn(new Input.ListenersClosed(2, 0), new Input.Exited(2, 0));
		assertThat(this.fleet.lines("launch")).last().isEqualTo("launch 5 slot 0 generation 2");
	}

	@Test
	void fleetThatStopsRecyclesNobody() {
		this.fleet.requests.put(2L, 1001L);
		this.fleet.live(SECONDS, 1, 2, 3);
		this.fleet.turn(new Input.Stop(false));
		this.fleet.live(SECONDS, 1, 2, 3);
		assertThat(this.fleet.lines("launch")).hasSize(1);
		assertThat(this.fleet.supervisor.fleet().recycles()).containsOnlyKeys(Outcome.STOPPED);
	}

	private List<RolloutStarted> started() {
		return this.fleet.events.stream()
			.filter(RolloutStarted.class::isInstance)
			.map(RolloutStarted.class::cast)
			.toList();
	}

	private void replace(long old, long next) {
		this.fleet.becomeReady(next);
		this.fleet.turn(new Input.ListenersClosed(old, 0));
		this.fleet.turn(new Input.Exited(old, 0));
	}

	private static RecordedFleet fleet(long requests, Duration lifetime, long memory) {
		return RecordedFleet.ready(
				TestSettings.like(RecordedFleet.SETTINGS).recycle(new Recycle(requests, lifetime, memory, 0)).build());
	}

	@Test
	void childIsNotReplacedAfterTooManyLosses() {
		RecordedFleet fleet = RecordedFleet.ready(TestSettings.like(RecordedFleet.SETTINGS)
			.standby(1)
			.recovery(new SupervisorSettings.Recovery(0, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.KEEP_SURVIVORS))
			.recycle(new Recycle(1000, Duration.ZERO, 0, 0))
			.build());
		fleet.becomeReady(4);
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.lines).contains("assign 4 slot 0");
		fleet.requests.put(2L, 2000L);
		fleet.live(Duration.ofMinutes(2), 2, 3, 4);
		assertThat(fleet.events).noneMatch(RolloutStarted.class::isInstance);
	}

}
