package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildResumed;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStalled;
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
 * Tests for {@link HookRule} in a {@link Supervisor}.
 */
class HookRuleTests {

	@ParameterizedTest
	@ValueSource(classes = { ChildSpawned.class, MasterReady.class, ChildRecovered.class })
	void hookWhenItFailsStopsTheFleet(Class<? extends PreforkEvent> event) {
		RecordedFleet fleet = fleet(HookRule.ABORT, event);
		recoverOne(fleet);
		end(fleet);
		assertThat(fleet.cause).isInstanceOfSatisfying(HookFailedException.class,
				(ex) -> assertThat(ex.getEvent()).isInstanceOf(event));
		assertThat(fleet.lines("hook failed")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { ChildSpawned.class, MasterReady.class, ChildRecovered.class })
	void hookWhenItFailsAndIsOnlyLoggedLetsTheFleetGoOn(Class<? extends PreforkEvent> event) {
		RecordedFleet fleet = fleet(HookRule.LOG, event);
		recoverOne(fleet);
		assertThat(fleet.lines("hook failed")).containsOnly("hook failed " + event.getSimpleName());
		assertThat(fleet.supervisor.fleet().children()).hasSize(3);
		fleet.turn(new Input.Stop(false));
		end(fleet);
		assertThat(fleet.cause).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			classes = { ChildReady.class, FleetReady.class, ChildExited.class, ChildStalled.class, ChildResumed.class })
	void hookWhenItFailsWithAnotherEventIsLogged(Class<? extends PreforkEvent> event) {
		RecordedFleet fleet = fleet(HookRule.ABORT, event);
		recoverOne(fleet);
		fleet.live(Duration.ofSeconds(2), 1, 3);
		fleet.live(Duration.ofSeconds(2), 1, 3, 4);
		assertThat(fleet.lines("hook failed")).contains("hook failed " + event.getSimpleName());
		assertThat(fleet.events).hasAtLeastOneElementOfType(ChildResumed.class);
		fleet.turn(new Input.Stop(false));
		end(fleet);
		assertThat(fleet.cause).isNull();
	}

	@Test
	void hookWhenItFailsWithRecoveryExceededIsLoggedAndTheCauseStays() {
		RecordedFleet fleet = fleet(HookRule.ABORT, RecoveryExceeded.class);
		startAll(fleet);
		for (long launch = 1; launch < 10; launch++) {
			fleet.turn(new Input.Exited(launch, 1));
			fleet.live(Duration.ofSeconds(1));
		}
		end(fleet);
		assertThat(fleet.lines("hook failed")).containsExactly("hook failed RecoveryExceeded");
		assertThat(fleet.cause).isInstanceOf(RecoveryExceededException.class);
	}

	@Test
	void hookWhenItFailsLeavesOnlyTheEndsToBePublished() {
		RecordedFleet fleet = fleet(HookRule.ABORT, null);
		startAll(fleet);
		fleet.turn(new Input.Exited(2, 1), new Input.Exited(3, 1));
		fleet.events.clear();
		fleet.failingHook = ChildRecovered.class;
		// Both replacements and the end of the first child in one turn
		fleet.turn(new Input.Readiness(4, true), new Input.Readiness(5, true), new Input.Exited(1, 1));
		assertThat(fleet.events).containsExactly(new ChildReady(1, 0, 104, Duration.ZERO),
				new ChildRecovered(1, 0, 102, 104), exited(fleet, 0));
		end(fleet);
		assertThat(fleet.events.subList(2, fleet.events.size())).hasSize(3).hasOnlyElementsOfType(ChildExited.class);
	}

	@Test
	void hookWhenItFailsDuringAStopIsLogged() {
		RecordedFleet fleet = fleet(HookRule.ABORT, null);
		startAll(fleet);
		fleet.turn(new Input.Exited(2, 1));
		fleet.failingHook = ChildRecovered.class;
		fleet.turn(new Input.Readiness(4, true), new Input.Stop(false));
		assertThat(fleet.lines("hook failed")).containsExactly("hook failed ChildRecovered");
		end(fleet);
		assertThat(fleet.cause).isNull();
	}

	private static PreforkEvent exited(RecordedFleet fleet, int slot) {
		return fleet.events.stream()
			.filter((event) -> event instanceof ChildExited exited && exited.slot() == slot)
			.findFirst()
			.orElseThrow();
	}

	private static RecordedFleet fleet(HookRule rule, Class<? extends PreforkEvent> failing) {
		SupervisorSettings like = RecordedFleet.SETTINGS;
		RecordedFleet fleet = new RecordedFleet(TestSettings.like(like).hooks(rule).build());
		fleet.failingHook = failing;
		return fleet;
	}

	private static void startAll(RecordedFleet fleet) {
		fleet.turn(new Input.Start());
		for (long launch = 1; launch <= 3; launch++) {
			fleet.becomeReady(launch);
		}
	}

	private static void recoverOne(RecordedFleet fleet) {
		startAll(fleet);
		fleet.turn(new Input.Exited(2, 1));
		fleet.becomeReady(4);
	}

	private static void end(RecordedFleet fleet) {
		List.of(1L, 2L, 3L, 4L, 5L).forEach((launch) -> fleet.turn(new Input.Exited(launch, 143)));
		assertThat(fleet.supervisor.isTerminated()).isTrue();
	}

}
