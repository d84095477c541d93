package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child makes no progress for some seconds under load.
 */
class StoppedChildIT {

	private static final Duration STOPPED = Duration.ofSeconds(5);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void stopWhenConnectionsAreNewDelaysOnlyWhatTheChildHadAccepted() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.port();
		fleet.managementPort();
		warmUp(port);
		long victim = fleet.childPids().get(0);
		try (LoadRun run = LoadClient.start(LoadPlan.to(port)
			.path("/slow?ms=5")
			.rate(300)
			.connections(32)
			.duration(Duration.ofMinutes(5))
			.build())) {
			pause(Duration.ofSeconds(2));
			fleet.signal(victim, "STOP");
			Set<Integer> accepted = AcceptedConnections.ofStopped(victim, port);
			pause(STOPPED);
			Instant resumed = Instant.now();
			fleet.signal(victim, "CONT");
			pause(Duration.ofSeconds(4));

			LoadReport report = run.stop();
			LoadReport others = report.where((outcome) -> !accepted.contains(outcome.localPort()));
			System.out.println("Accepted by the stopped child: " + accepted.size() + "\n" + report + "\nothers: "
					+ others.latencies());
			assertThat(report.failures()).as(report.toString()).isEmpty();
			assertThat(others.latencies().p99()).as(others.toString()).isLessThan(Duration.ofMillis(60));
			assertThat(others.latencies().max()).as(others.toString()).isLessThan(Duration.ofSeconds(1));
			assertThat(report.where((outcome) -> outcome.started().isAfter(resumed)).requestsPerPid())
				.as("serves again")
				.containsKey(victim);
		}
		assertThat(fleet.childPids()).contains(victim);
		assertThat(Waiting.linesOf(fleet, "pid " + victim + ") has not been heard of")).hasSize(1);
		assertThat(Waiting.linesOf(fleet, "pid " + victim + ") is heard of again")).hasSize(1);
	}

	// JVMs that have just started are slow for reasons of their own
	private static void warmUp(int port) throws IOException, InterruptedException {
		LoadClient.run(LoadPlan.to(port).path("/slow?ms=5").rate(300).connections(32).requests(1500).build());
	}

	private static void pause(Duration duration) {
		Instant end = Instant.now().plus(duration);
		Awaitility.await().atMost(duration.plusSeconds(5)).until(() -> !Instant.now().isBefore(end));
	}

}
