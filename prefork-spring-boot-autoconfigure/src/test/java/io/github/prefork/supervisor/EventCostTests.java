package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the supervisor does for one event, in {@link Steps}, with 10, 100 and 1,000
 * children.
 * <p>
 * Flat is what comes all the time or in numbers: heartbeats, and what a child says of the
 * listeners while it boots. The pass over all children that finds late ones comes once in
 * a stall-timeout, so it costs a fixed number of steps for each heartbeat; queues are
 * read at fixed times, whatever happens.
 * <p>
 * Linear, with a factor of about fifteen, is what changes who serves: a crash, a
 * readiness that changes, a stall. The accept table and the snapshot of the fleet are
 * made anew then, once each; with listeners that have owners every sibling is told to
 * help as well, so it can't be less. The first start and the final stop are events of the
 * whole fleet: while many listeners have no owner, each readiness costs ready children x
 * such listeners.
 */
class EventCostTests {

	private static final List<Integer> SIZES = List.of(10, 100, 1000);

	@Test
	void heartbeatCostsTheSameInEveryFleet() {
		assertThat(SIZES.stream().map((size) -> {
			LargeFleet fleet = fleet(size, true);
			return steps(fleet, new Input.Heartbeat(fleet.in(3).launch));
		})).hasSize(3).containsOnly(5L);
	}

	@Test
	void heartbeatsOverTimeCostNoMoreInLargerFleet() {
		List<Double> costs = SIZES.stream().map(EventCostTests::stepsPerHeartbeat).toList();
		assertThat(costs.get(1)).isLessThanOrEqualTo(costs.get(0));
		assertThat(costs.get(2)).isLessThanOrEqualTo(costs.get(0));
	}

	private static double stepsPerHeartbeat(int size) {
		LargeFleet fleet = fleet(size, true);
		long before = fleet.steps.count;
		fleet.live(Duration.ofSeconds(10));
		return (double) (fleet.steps.count - before) / (size * LargeFleet.heartbeats(fleet.settings, 10));
	}

	@Test
	void listenerHeldByBootingChildCostsTheSameInEveryFleet() {
		assertThat(SIZES.stream().map((size) -> {
			LargeFleet fleet = fleet(size, true);
			fleet.in(3).die(137);
			fleet.live(Duration.ofMillis(100));
			fleet.turn(List.of());
			return steps(fleet, new Input.ListenerHeld(fleet.in(3).launch, 0));
		})).hasSize(3).containsOnly(6L);
	}

	@ParameterizedTest
	@CsvSource({ "true, 1", "false, 0" })
	void crashCostsNoMoreThanFifteenStepsForEachChild(boolean owned, int messagesForEach) {
		for (int size : SIZES) {
			LargeFleet fleet = fleet(size, owned);
			LargeFleet.FakeChild child = fleet.in(3);
			child.die(137);
			long messages = fleet.steps.messages;
			assertLinear(size,
					steps(fleet, new Input.ChannelClosed(child.launch), new Input.Exited(child.launch, 137)));
			// One message is not for a sibling, but to forget the child
			assertThat(fleet.steps.messages - messages).isEqualTo((size - 1) * messagesForEach + 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, 1", "false, 0" })
	void readinessCostsNoMoreThanFifteenStepsForEachChild(boolean owned, int messagesForEach) {
		for (int size : SIZES) {
			LargeFleet fleet = fleet(size, owned);
			long launch = fleet.in(3).launch;
			long messages = fleet.steps.messages;
			assertLinear(size, steps(fleet, new Input.Readiness(launch, false)));
			assertThat(fleet.steps.messages - messages).isEqualTo((size - 1) * messagesForEach + 1);
			assertLinear(size, steps(fleet, new Input.Readiness(launch, true)));
		}
	}

	private static void assertLinear(int size, long steps) {
		assertThat(steps).as("steps with %s children", size).isLessThanOrEqualTo(15L * size + 20);
	}

	private static LargeFleet fleet(int size, boolean owned) {
		LargeFleet fleet = LargeFleet
			.ready(LargeFleet.settings(size, owned, Duration.ofMillis(500), Duration.ofMillis(20)));
		// Whatever is due at this time is done
		fleet.turn(List.of());
		return fleet;
	}

	private static long steps(LargeFleet fleet, Input... inputs) {
		long before = fleet.steps.count;
		fleet.turn(List.of(inputs));
		return fleet.steps.count - before;
	}

}
