package io.github.prefork.scenario;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGHUP to the master replaces the children, one slot at a time.
 */
@Tag(Scenario.TAG)
class RolloutIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	private int rollouts;

	@ParameterizedTest
	@MethodSource
	void hangupUnderLoadReplacesEveryChildAndLosesNothing(Set<Clients> clients) throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.args(Scenario.childrenArgument(), "--server.http2.enabled=true")
			.start();
		int port = fleet.port();
		Waiting.line(fleet, "Child in slot 0 .* is ready after .* and runs .*[(]sample-app.jar of .*, .* MB[)]", 0);
		int times = Scenario.count(1, (clients.contains(Clients.POSTS)) ? 2 : 3);
		Scenario.run("1 rollouts under load of " + clients, () -> {
			List<Long> before = fleet.childPids();
			try (MixedLoad load = new MixedLoad(port, clients)) {
				Duration taken = rollOut(fleet, times);
				assertThat(fleet.childPids()).hasSize(Scenario.children()).doesNotContainAnyElementsOf(before);
				return "%d rollouts in %d ms: %s".formatted(times, taken.toMillis(), load.stop());
			}
		});
		assertThat(Waiting.linesOf(fleet, " and runs ")).hasSize(1);
		assertThat(Waiting.linesOf(fleet, "different settings")).isEmpty();
		assertThat(Waiting.gauge(fleet, "prefork.rollouts", "outcome:finished")).isEqualTo(this.rollouts);
		assertThat(Waiting.gauge(fleet, "prefork.exits", "reason:planned"))
			.isEqualTo(this.rollouts * Scenario.children());
	}

	static Stream<Set<Clients>> hangupUnderLoadReplacesEveryChildAndLosesNothing() {
		Set<Clients> all = EnumSet.allOf(Clients.class);
		return (Scenario.full()) ? all.stream().map(EnumSet::of) : Stream.of(all);
	}

	private Duration rollOut(FleetProcess fleet, int times) {
		long begin = System.nanoTime();
		for (int time = 0; time < times; time++) {
			int from = fleet.output().size();
			fleet.signal(fleet.pid(), "HUP");
			Waiting.line(fleet, "Rollout to generation %d is complete after .*, with %d slots replaced"
				.formatted(++this.rollouts, Scenario.children()), from);
		}
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
