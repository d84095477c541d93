package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child that has had its number of requests is replaced, one at a time.
 */
@Tag(Scenario.TAG)
class RecycleIT {

	private static final Set<Clients> CLIENTS = EnumSet.of(Clients.NEW, Clients.KEEP_ALIVE);

	private static final int RECYCLES = Scenario.count(2, 4);

	private static final int RATE = Scenario.count(100, 300);

	/** The ordinary build may be as slow as it likes. */
	private static final Duration WITHIN = (Scenario.full()) ? Duration.ofSeconds(60) : Waiting.START.multipliedBy(2);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void maxRequestsUnderLoadReplacesOneChildAfterTheOtherAndLosesNothing() throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.args(Scenario.childrenArgument(), "--prefork.recycle.max-requests=300")
			.start();
		int port = fleet.port();
		fleet.managementPort();
		List<Long> before = fleet.childPids();
		Scenario.run("5 recycling by max-requests", () -> {
			try (MixedLoad load = new MixedLoad(port, CLIENTS, RATE)) {
				Watch watch = new Watch(fleet);
				watch.await();
				return watch + ": " + load.stop();
			}
		});
		// Those that were replaced have had 270 at least, nearly all of which were read
		assertThat(Waiting.gauge(fleet, "prefork.child.requests")).isGreaterThan(200 * RECYCLES * Scenario.times());
		assertThat(Waiting.gauge(fleet, "prefork.child.memory.rss", "slot:0")).isGreaterThan(50 << 20);
		assertThat(fleet.childPids()).isNotEqualTo(before);
		assertThat(Waiting.linesOf(fleet, "Rollout to generation ")).noneMatch((line) -> line.contains("failed"));
		assertOneAfterTheOther(fleet);
	}

	private static void assertOneAfterTheOther(FleetProcess fleet) {
		List<String> steps = fleet.output().stream().map(RecycleIT::step).filter((step) -> !step.isEmpty()).toList();
		assertThat(steps).hasSizeGreaterThanOrEqualTo(2 * RECYCLES * Scenario.times());
		for (int i = 0; i < steps.size(); i++) {
			assertThat(steps.get(i)).as("one begins when the one before is complete: " + steps)
				.isEqualTo((i % 2 == 0) ? "begins" : "complete");
		}
	}

	private static String step(String line) {
		if (line.contains("is recycled by a rollout")) {
			return "begins";
		}
		return line.contains("is complete after") ? "complete" : "";
	}

	/**
	 * Looks at a fleet until enough of its children were recycled.
	 */
	private static final class Watch {

		private final FleetProcess fleet;

		private final double before;

		private final long begin = System.nanoTime();

		private double recycles;

		private int looks;

		private int processes;

		private Duration taken = Duration.ZERO;

		Watch(FleetProcess fleet) throws IOException {
			this.fleet = fleet;
			double count = Waiting.gauge(fleet, "prefork.recycles", "outcome:finished");
			this.before = Double.isNaN(count) ? 0 : count;
		}

		void await() {
			Awaitility.await(RECYCLES + " recycles")
				.atMost(WITHIN)
				.pollInterval(Duration.ofMillis(50))
				.until(this::enough);
			this.taken = Duration.ofNanos(System.nanoTime() - this.begin);
		}

		private boolean enough() throws IOException {
			this.looks++;
			assertThat(Waiting.gauge(this.fleet, "prefork.children", "state:ready")).isEqualTo(Scenario.children());
			this.processes = Math.max(this.processes, this.fleet.childPids().size());
			assertThat(this.processes).as("children that live").isLessThanOrEqualTo(Scenario.children() + 1);
			// What is not read before a child has gone is not counted
			Waiting.gauge(this.fleet, "prefork.child.requests");
			this.recycles = Waiting.gauge(this.fleet, "prefork.recycles", "outcome:finished") - this.before;
			return this.recycles >= RECYCLES;
		}

		@Override
		public String toString() {
			return "%.0f recycles in %d ms, never more than %d children live, %d ready at each of %d looks"
				.formatted(this.recycles, this.taken.toMillis(), this.processes, Scenario.children(), this.looks);
		}

	}

}
