package io.github.prefork.supervisor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Runs the real supervisor through thousands of random lives. A failure names its seed;
 * {@code -Dprefork.simulation.seed=N} runs that one alone, and
 * {@code -Dprefork.simulation.schedules=N} sets how many there are.
 */
class FleetSimulationTests {

	private static final long SCHEDULES = Long.getLong("prefork.simulation.schedules", 10_000);

	@Test
	void everyPromiseHoldsInEveryLife() {
		Long seed = Long.getLong("prefork.simulation.seed");
		LongStream seeds = (seed != null) ? LongStream.of(seed) : LongStream.range(0, SCHEDULES);
		seeds.parallel()
			.forEach((each) -> failure(each, Rules.STANDARD)
				.ifPresent((failure) -> fail("Simulation failed; run it again with -Dprefork.simulation.seed=" + each,
						failure)));
	}

	@Test
	void sameSeedWhenRunTwiceGivesSameEvents() {
		Simulation one = new Simulation(4711, Rules.STANDARD);
		Simulation other = new Simulation(4711, Rules.STANDARD);
		one.run();
		other.run();
		assertThat(one.events).isEqualTo(other.events).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "listener-without-owner", "stalled-owner-is-left-alone", "threshold-one-too-many",
			"threshold-one-too-few", "stop-waits-for-ever" })
	void plantedBugIsCaught(String bug) {
		List<Long> caught = LongStream.range(0, 400)
			.filter((seed) -> failure(seed, planted(bug)).isPresent())
			.boxed()
			.collect(Collectors.toList());
		assertThat(caught).as("seeds that catch " + bug).isNotEmpty();
	}

	private static Optional<Throwable> failure(long seed, Rules rules) {
		try {
			new Simulation(seed, rules).run();
			return Optional.empty();
		}
		catch (AssertionError | RuntimeException ex) {
			return Optional.of(ex);
		}
	}

	private static Rules planted(String bug) {
		Rules right = Rules.STANDARD;
		return switch (bug) {
			case "listener-without-owner" -> new Rules((acceptors, listeners, owned, assisted) -> {
				var table = right.accepting().assign(acceptors, listeners, owned, assisted);
				acceptors.stream()
					.filter((acceptor) -> owned && acceptor.ready())
					.forEach((acceptor) -> table.get(acceptor.launch()).retainAll(java.util.Set.of(acceptor.slot())));
				return table;
			}, right.threshold(), right.patience());
			case "stalled-owner-is-left-alone" -> new Rules((acceptors, listeners, owned, assisted) -> right.accepting()
				.assign(acceptors.stream().map(FleetSimulationTests::alwaysResponsive).toList(), listeners, owned,
						(listener) -> false),
					right.threshold(), right.patience());
			case "threshold-one-too-many" ->
				new Rules(right.accepting(), (exits, threshold) -> exits > threshold + 1, right.patience());
			case "threshold-one-too-few" ->
				new Rules(right.accepting(), (exits, threshold) -> exits >= threshold, right.patience());
			case "stop-waits-for-ever" -> new Rules(right.accepting(), right.threshold(), (now, until) -> false);
			default -> throw new IllegalArgumentException(bug);
		};
	}

	private static AcceptTable.Acceptor alwaysResponsive(AcceptTable.Acceptor acceptor) {
		return new AcceptTable.Acceptor(acceptor.launch(), acceptor.slot(), acceptor.ready(), true, true,
				acceptor.held(), acceptor.blocked(), acceptor.confirmed());
	}

}
