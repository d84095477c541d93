package io.github.prefork.scenario;

import java.time.Duration;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child that has had its number of requests is replaced, one at a time.
 */
class RecycleIT {

	private static final Duration FOR_LONG = Duration.ofMinutes(5);

	private static final int RECYCLES = 2;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void maxRequestsUnderLoadReplacesOneChildAfterTheOtherAndLosesNothing() throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.args("--prefork.children=2", "--prefork.recycle.max-requests=300")
			.start();
		int port = fleet.port();
		List<Long> before = fleet.childPids();
		try (LoadRun run = LoadClient.start(LoadPlan.to(port)
			.path("/slow?ms=5")
			.mode(ConnectionMode.KEEP_ALIVE)
			.rate(100)
			.connections(16)
			.duration(FOR_LONG)
			.build())) {
			Awaitility.await().atMost(Waiting.START.multipliedBy(2)).until(() -> {
				assertThat(Waiting.gauge(fleet, "prefork.children", "state:ready")).isEqualTo(2);
				// What is not read before a child has gone is not counted
				Waiting.gauge(fleet, "prefork.child.requests");
				return Waiting.gauge(fleet, "prefork.recycles", "outcome:finished") >= RECYCLES;
			});
			LoadReport report = run.stop();
			System.out.println(report);
			assertThat(report.failures()).as(report.toString()).isEmpty();
		}
		Waiting.line(fleet, "Rollout to generation 2 is complete", 0);
		// Both that were replaced have had 270 at least, nearly all of which were read
		assertThat(Waiting.gauge(fleet, "prefork.child.requests")).isGreaterThan(400);
		assertThat(Waiting.gauge(fleet, "prefork.child.memory.rss", "slot:0")).isGreaterThan(50 << 20);
		assertThat(fleet.childPids()).isNotEqualTo(before);
		assertThat(fleet.output().stream().map(RecycleIT::step).filter((step) -> !step.isEmpty()))
			.as("one begins when the one before is complete")
			.startsWith("begins", "complete", "begins", "complete");
	}

	private static String step(String line) {
		if (line.contains("is recycled by a rollout")) {
			return "begins";
		}
		return line.contains("is complete after") ? "complete" : "";
	}

}
