package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.FleetReady;
import io.github.prefork.HookFailedException;
import io.github.prefork.MasterReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RecoveryExceededException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: launches, recovery, events.
 */
class SupervisorStartTests {

	@Test
	void startWhenNobodyIsReadyLaunchesTheFirstSlotAlone() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.live(Duration.ofSeconds(5));
		assertThat(fleet.lines("launch")).containsExactly("launch 1 slot 0");
	}

	@Test
	void startWhenFirstIsReadyLaunchesTheRestWithinTheParallelism() {
		RecordedFleet fleet = new RecordedFleet(settings(5, 2));
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		assertThat(fleet.lines("launch")).containsExactly("launch 1 slot 0", "launch 2 slot 1", "launch 3 slot 2");
		fleet.becomeReady(3);
		assertThat(fleet.lines("launch")).hasSize(4).endsWith("launch 4 slot 3");
	}

	@Test
	void startPublishesEventsInOrder() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.becomeReady(1);
		fleet.becomeReady(2);
		fleet.becomeReady(3);
		assertThat(fleet.events).extracting(Object::getClass)
			.containsExactly(ChildSpawned.class, ChildReady.class, ChildSpawned.class, ChildSpawned.class,
					MasterReady.class, ChildReady.class, ChildReady.class, FleetReady.class);
		assertThat(fleet.lines).endsWith("started");
	}

	@Test
	void startWhenFirstBootFailsEndsAfterOneLaunch() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1));
		fleet.turn(new Input.Exited(1, 1));
		assertThat(fleet.supervisor.isTerminated()).isTrue();
		assertThat(fleet.cause).isInstanceOfSatisfying(ChildStartException.class, (ex) -> {
			assertThat(ex.getSlot()).isZero();
			assertThat(ex.getExitCode()).isEqualTo(1);
		});
		assertThat(fleet.lines("launch")).hasSize(1);
	}

	@Test
	void startWhenFirstLaunchIsNotPossibleEnds() {
		RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);
		fleet.failLaunches = true;
		fleet.turn(new Input.Start());
		assertThat(fleet.supervisor.isTerminated()).isTrue();
		assertThat(fleet.cause).isInstanceOf(ChildStartException.class);
		assertThat(fleet.lines("launch")).hasSize(1);
	}

	@Test
	void startWhenFirstBootTakesTooLongKillsAndEnds() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.live(Duration.ofSeconds(61));
		assertThat(fleet.lines("kill")).containsExactly("kill 1");
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.cause).hasMessageContaining("boot-timeout");
	}

	@Test
	void startWhenFirstWasLaunchedEarlyTellsItsWholeBootButLetsItBootInFull() {
		RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);
		fleet.headStarts.put(1L, Duration.ofSeconds(7));
		fleet.turn(new Input.Start());
		fleet.live(Duration.ofSeconds(59));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.becomeReady(1);
		assertThat(fleet.events).filteredOn(ChildReady.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((ChildReady) event).bootTime()).isBetween(Duration.ofSeconds(66),
					Duration.ofSeconds(67)));
	}

	@Test
	void startWhenFirstWasLaunchedEarlyAndHasNotComeFarCountsItsWholeBoot() {
		RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);
		fleet.headStarts.put(1L, Duration.ofSeconds(7));
		fleet.slow.add(1L);
		fleet.turn(new Input.Start());
		fleet.live(Duration.ofSeconds(52));
		assertThat(fleet.lines("kill")).isEmpty();
		fleet.live(Duration.ofSeconds(2));
		assertThat(fleet.lines("kill")).containsExactly("kill 1");
	}

	@Test
	void exitWhenUnplannedLaunchesReplacementAndTellsWhenItIsReady() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.events.clear();
		fleet.turn(new Input.ChannelClosed(2));
		assertThat(fleet.lines).containsExactly("accept 1 v%d [0, 1]".formatted(version(fleet, 0)),
				"accept 3 v%d [1, 2]".formatted(version(fleet, 1)));
		fleet.turn(new Input.Exited(2, 137));
		fleet.becomeReady(4);
		assertThat(fleet.events).extracting(Object::getClass)
			.containsExactly(ChildExited.class, ChildSpawned.class, ChildReady.class, ChildRecovered.class);
		assertThat(fleet.events).last().isEqualTo(new ChildRecovered(1, 0, 102, 104));
	}

	@Test
	void exitWhenTooManyEndsTheFleet() {
		RecordedFleet fleet = RecordedFleet.ready();
		long launch = 1;
		while (fleet.cause == null && launch < 100) {
			fleet.turn(new Input.Exited(launch++, 134));
			fleet.live(Duration.ofMillis(2000));
		}
		assertThat(fleet.events).filteredOn(RecoveryExceeded.class::isInstance)
			.containsExactly(new RecoveryExceeded(6, 5, Duration.ofSeconds(60), false));
		assertThat(fleet.cause).isInstanceOf(RecoveryExceededException.class);
		assertThat(fleet.supervisor.isTerminated()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { ChildSpawned.class, MasterReady.class, ChildRecovered.class })
	void hookWhenItFailsEndsTheFleet(Class<? extends PreforkEvent> hook) {
		RecordedFleet fleet = new RecordedFleet(settings(1, 1));
		fleet.failingHook = hook;
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		fleet.turn(new Input.Exited(1, 137));
		fleet.becomeReady(2);
		fleet.turn(new Input.Exited(2, 0));
		assertThat(fleet.supervisor.isTerminated()).isTrue();
		assertThat(fleet.cause).isInstanceOf(HookFailedException.class).hasRootCauseMessage("planned");
	}

	@Test
	void hookWhenFirstSpawnFailsLaunchesNoOther() {
		RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);
		fleet.failingHook = ChildSpawned.class;
		fleet.turn(new Input.Start());
		assertThat(fleet.lines("launch")).hasSize(1);
		assertThat(fleet.lines).contains("terminate 1");
	}

	@ParameterizedTest
	@ValueSource(classes = { ChildReady.class, FleetReady.class, ChildExited.class })
	void hookWhenAnotherFailsIsReportedOnly(Class<? extends PreforkEvent> hook) {
		RecordedFleet fleet = new RecordedFleet(settings(1, 1));
		fleet.failingHook = hook;
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		fleet.turn(new Input.Exited(1, 137));
		assertThat(fleet.lines).contains("hook failed " + hook.getSimpleName(), "launch 2 slot 0");
	}

	private static long version(RecordedFleet fleet, int line) {
		return Long.parseLong(fleet.lines.get(line).split(" ")[2].substring(1));
	}

	private static SupervisorSettings settings(int children, int parallelism) {
		SupervisorSettings like = RecordedFleet.SETTINGS;
		return TestSettings.like(like).children(children).minReady(1).owned(true).bootParallelism(parallelism).build();
	}

}
