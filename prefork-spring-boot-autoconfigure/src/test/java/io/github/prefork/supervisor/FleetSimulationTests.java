package io.github.prefork.supervisor;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the real supervisor through thousands of random lives. A failure names its seed;
 * {@code -Dprefork.simulation.seed=N} runs that one alone, and
 * {@code -Dprefork.simulation.schedules=N} sets how many there are.
 */
class FleetSimulationTests {

	private static final long SCHEDULES = Long.getLong("prefork.simulation.schedules", 100_000);

	private static final long SCHEDULES_WITH_BUG = 1000;

	@Test
	void everyPromiseHoldsInEveryLife() {
		Long seed = Long.getLong("prefork.simulation.seed");
		LongStream seeds = (seed != null) ? LongStream.of(seed) : LongStream.range(0, SCHEDULES);
		seeds.parallel()
			.mapToObj((each) -> failure(each, Rules.STANDARD))
			.filter(Objects::nonNull)
			.findFirst()
			.ifPresent((failure) -> {
				throw failure;
			});
	}

	@Test
	void sameSeedWhenRunTwiceGivesSameEvents() {
		int events = 0;
		for (long seed = 0; seed < 50; seed++) {
			Simulation one = new Simulation(seed, Rules.STANDARD);
			Simulation other = new Simulation(seed, Rules.STANDARD);
			one.run();
			other.run();
			assertThat(one.events).as("events of seed %d", seed).isEqualTo(other.events);
			events += one.events.size();
			assertThat(one.clock.nanos()).isEqualTo(other.clock.nanos());
		}
		// Where the first launch fails, or the application never comes, there is none
		assertThat(events).isGreaterThan(400);
	}

	@ParameterizedTest
	@EnumSource
	void plantedBugIsCaughtByTheInvariantMeantForIt(PlantedBug bug) {
		List<String> caught = LongStream.range(0, SCHEDULES_WITH_BUG)
			.parallel()
			.mapToObj((seed) -> failure(seed, bug.rules))
			.filter(Objects::nonNull)
			.map(Throwable::getMessage)
			.limit(30)
			.toList();
		assertThat(caught).as("failures of the simulation with %s", bug)
			.anySatisfy((message) -> assertThat(message).contains(bug.caughtBy).contains("prefork.simulation.seed="));
	}

	private static @Nullable AssertionError failure(long seed, Rules rules) {
		try {
			new Simulation(seed, rules).run();
			return null;
		}
		catch (AssertionError | RuntimeException ex) {
			return new AssertionError("Run it again with -Dprefork.simulation.seed=" + seed + ": " + ex.getMessage(),
					ex);
		}
	}

}
