package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.FleetReady;
import io.github.prefork.HookFailedException;
import io.github.prefork.MasterReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RecoveryExceededException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What fasthttp's prefork promises, as far as the policy decides it. The page
 * {@code docs/fasthttp.md} lists these tests and where the rest is shown.
 */
class FasthttpParityTests {

	private static final Duration INTERVAL = Duration.ofSeconds(3);

	private static RecordedFleet serving(int children, Duration interval, int threshold) {
		RecordedFleet fleet = new RecordedFleet(settings(children, interval, threshold));
		fleet.turn(new Input.Start());
		for (int launch = 1; launch <= children; launch++) {
			fleet.becomeReady(launch);
		}
		assertThat(events(fleet, FleetReady.class)).hasSize(1);
		return fleet;
	}

	private static List<ChildIdentity> launched(int children) {
		return IntStream.range(0, children).mapToObj((slot) -> new ChildIdentity(slot, 0, 101 + slot)).toList();
	}

	private static void endAll(RecordedFleet fleet, int launches) {
		for (int launch = 1; launch <= launches; launch++) {
			fleet.turn(new Input.Exited(launch, 143));
		}
		assertThat(fleet.supervisor.isTerminated()).isTrue();
	}

	private static void assertHookFailed(RecordedFleet fleet, PreforkEvent event) {
		assertThat(fleet.cause).hasRootCauseMessage("planned")
			.isInstanceOfSatisfying(HookFailedException.class, (ex) -> assertThat(ex.getEvent()).isEqualTo(event));
	}

	private static List<PreforkEvent> events(RecordedFleet fleet, Class<?>... types) {
		return fleet.events.stream().filter((event) -> List.of(types).contains(event.getClass())).toList();
	}

	// With the window of fasthttp: the master's whole life
	private static SupervisorSettings settings(int children, Duration interval, int threshold) {
		SupervisorSettings like = RecordedFleet.SETTINGS;
		SupervisorSettings.Recovery recovery = new SupervisorSettings.Recovery(threshold, Duration.ZERO, interval,
				like.recovery().maxInterval(), OnExceeded.FAIL);
		return TestSettings.like(like)
			.children(children)
			.minReady(1)
			.owned(true)
			.heartbeatTimeout(Duration.ZERO)
			.recovery(recovery)
			.build();
	}

	@Nested
	class MasterReadyHook {

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 5 })
		void readyExactlyOnceAfterExactlyNSpawns(int children) {
			RecordedFleet fleet = serving(children, Duration.ZERO, 100);
			assertThat(events(fleet, ChildSpawned.class, MasterReady.class)).hasSize(children + 1)
				.last()
				.isEqualTo(new MasterReady(launched(children)));
			for (int launch = 1; launch <= 3; launch++) {
				fleet.turn(new Input.Exited(launch, 1));
				fleet.live(Duration.ofSeconds(31));
				fleet.becomeReady(children + launch);
			}
			assertThat(events(fleet, ChildSpawned.class)).hasSize(children + 3);
			assertThat(events(fleet, MasterReady.class)).hasSize(1);
		}

		@Test
		void readyExactlyOnceAfterExactlyNSpawnsWhenAnEarlierChildIsLaunchedAgain() {
			RecordedFleet fleet = new RecordedFleet(settings(3, Duration.ZERO, 100));
			fleet.turn(new Input.Start());
			fleet.becomeReady(1);
			fleet.turn(new Input.Exited(1, 1));
			fleet.becomeReady(2);
			fleet.becomeReady(3);
			assertThat(fleet.lines("event ChildSpawned")).hasSize(4);
			assertThat(fleet.lines("event MasterReady")).hasSize(1);
			List<String> spawned = fleet.lines.subList(0, fleet.lines.indexOf("event MasterReady"));
			assertThat(spawned).contains("launch 1 slot 0", "launch 2 slot 1", "launch 3 slot 2");
		}

		@Test
		void readyHookErrorStopsTheChildrenAndTellsNothingMore() {
			RecordedFleet fleet = new RecordedFleet(settings(2, Duration.ZERO, 5));
			fleet.failingHook = MasterReady.class;
			fleet.turn(new Input.Start());
			fleet.becomeReady(1);
			assertThat(fleet.lines).contains("terminate 2", "close 1 r1 [0, 1] last");
			fleet.becomeReady(2);
			endAll(fleet, 2);
			assertHookFailed(fleet, new MasterReady(launched(2)));
			assertThat(fleet.lines("launch")).hasSize(2);
			assertThat(fleet.events).extracting(Object::getClass)
				.containsExactly(ChildSpawned.class, ChildReady.class, ChildSpawned.class, MasterReady.class,
						ChildExited.class, ChildExited.class);
		}

	}

	@Nested
	class ChildSpawnHook {

		@Test
		void spawnHookErrorOnFirstStartIsNotFollowedByMasterReady() {
			RecordedFleet fleet = new RecordedFleet(settings(1, Duration.ZERO, 5));
			fleet.failingHook = ChildSpawned.class;
			fleet.turn(new Input.Start());
			assertThat(fleet.lines).contains("terminate 1");
			fleet.becomeReady(1);
			endAll(fleet, 1);
			assertHookFailed(fleet, new ChildSpawned(0, 0, 101));
			assertThat(fleet.events).extracting(Object::getClass)
				.containsExactly(ChildSpawned.class, ChildExited.class);
		}

		@Test
		void spawnHookErrorOnRecoveryIsNotFollowedByChildRecovered() {
			RecordedFleet fleet = RecordedFleet.ready();
			fleet.failingHook = ChildSpawned.class;
			fleet.turn(new Input.Exited(2, 1));
			assertThat(fleet.lines).contains("launch 4 slot 1", "terminate 4");
			// What it has said before it was asked to end
			fleet.becomeReady(4);
			endAll(fleet, 4);
			assertHookFailed(fleet, new ChildSpawned(1, 0, 104));
			assertThat(events(fleet, ChildRecovered.class)).isEmpty();
			assertThat(fleet.lines("launch")).hasSize(1);
		}

	}

	@Nested
	class RecoverThreshold {

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 3 })
		void recoveryIsExceededByTheFirstExitAboveTheThreshold(int threshold) {
			RecordedFleet fleet = serving(1, Duration.ZERO, threshold);
			int launch = 1;
			while (!fleet.supervisor.isTerminated() && launch < 10) {
				fleet.turn(new Input.Exited(launch, (launch % 2 == 0) ? 0 : 137));
				fleet.live(Duration.ofSeconds(31));
				launch++;
				fleet.becomeReady(launch);
				fleet.live(Duration.ofMinutes(10), launch);
			}
			assertThat(fleet.cause).isInstanceOfSatisfying(RecoveryExceededException.class, (ex) -> {
				assertThat(ex.getThreshold()).isEqualTo(threshold);
				assertThat(ex.getExits()).isEqualTo(threshold + 1);
			});
			assertThat(fleet.lines("launch")).hasSize(threshold + 1);
			assertThat(fleet.lines("event ChildRecovered")).hasSize(threshold);
		}

		@Test
		void everyRecoveryIsPrecededByTheSpawnOfTheNewPid() {
			RecordedFleet fleet = serving(2, Duration.ZERO, 3);
			for (int launch = 3; launch <= 5; launch++) {
				fleet.turn(new Input.Exited(launch - 2, 1));
				fleet.live(Duration.ofSeconds(31));
				fleet.becomeReady(launch);
			}
			fleet.turn(new Input.Exited(4, 1), new Input.Exited(5, 1));
			assertThat(fleet.cause).isInstanceOf(RecoveryExceededException.class);
			assertThat(events(fleet, ChildRecovered.class)).containsExactly(new ChildRecovered(0, 0, 101, 103),
					new ChildRecovered(1, 0, 102, 104), new ChildRecovered(0, 0, 103, 105));
			for (PreforkEvent event : events(fleet, ChildRecovered.class)) {
				ChildRecovered recovered = (ChildRecovered) event;
				assertThat(fleet.events.subList(0, fleet.events.indexOf(event)))
					.contains(new ChildSpawned(recovered.slot(), 0, recovered.newPid()));
			}
		}

		@Test
		void launcherThatFailsOnRecoveryCountsAsALossAndIsCalledAgain() {
			RecordedFleet fleet = serving(1, Duration.ZERO, 1);
			fleet.failLaunches = true;
			fleet.turn(new Input.Exited(1, 1));
			assertThat(fleet.cause).isInstanceOfSatisfying(RecoveryExceededException.class,
					(ex) -> assertThat(ex.getLastExit()).contains("no process"));
			assertThat(fleet.supervisor.isTerminated()).isTrue();

			fleet = serving(1, Duration.ZERO, 2);
			fleet.failLaunches = true;
			fleet.turn(new Input.Exited(1, 1));
			fleet.failLaunches = false;
			fleet.live(Duration.ofSeconds(1));
			fleet.becomeReady(3);
			assertThat(events(fleet, ChildRecovered.class)).containsExactly(new ChildRecovered(0, 0, 101, 103));
		}

	}

	@Nested
	class RecoverInterval {

		@Test
		void recoveryIntervalIsRespectedForEachSlot() {
			RecordedFleet fleet = serving(2, INTERVAL, 100);
			fleet.lines.clear();
			fleet.turn(new Input.Exited(1, 1));
			fleet.live(Duration.ofSeconds(1));
			fleet.turn(new Input.Exited(2, 1));
			fleet.live(INTERVAL.minusMillis(1001));
			assertThat(fleet.lines("launch")).isEmpty();
			fleet.live(Duration.ofMillis(2));
			assertThat(fleet.lines("launch")).containsExactly("launch 3 slot 0");
			fleet.live(Duration.ofMillis(998));
			assertThat(fleet.lines("launch")).hasSize(1);
			fleet.live(Duration.ofMillis(2));
			assertThat(fleet.lines("launch")).containsExactly("launch 3 slot 0", "launch 4 slot 1");
		}

		@Test
		void recoveryIntervalIsInterruptibleByStop() {
			RecordedFleet fleet = serving(1, INTERVAL, 100);
			fleet.turn(new Input.Exited(1, 1));
			fleet.live(Duration.ofSeconds(1));
			assertThat(fleet.supervisor.isTerminated()).isFalse();
			fleet.turn(new Input.Stop(false));
			assertThat(fleet.supervisor.isTerminated()).isTrue();
			assertThat(fleet.supervisor.nextDeadline()).isEqualTo(Deadlines.NEVER);
			assertThat(fleet.lines("launch")).hasSize(1);
			assertThat(fleet.cause).isNull();
		}

	}

	@Nested
	class ShutdownGracePeriod {

		@Test
		void childThatBootsIsAskedFirstAndKilledAfterTheGracePeriod() {
			RecordedFleet fleet = RecordedFleet.started();
			fleet.turn(new Input.Stop(false));
			assertThat(fleet.lines).contains("terminate 1");
			fleet.live(RecordedFleet.SETTINGS.gracePeriod().minusMillis(1));
			assertThat(fleet.lines("kill")).isEmpty();
			fleet.live(Duration.ofMillis(2));
			assertThat(fleet.lines("kill")).containsExactly("kill 1");
			fleet.turn(new Input.Exited(1, 137));
			assertThat(fleet.supervisor.isTerminated()).isTrue();
		}

	}

}
