package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
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

	private static final Duration QUIET_BAR = Duration.ofMillis(150);

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
			Instant stopped = Instant.now();
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
			Duration usual = report.where((outcome) -> outcome.finished().isBefore(stopped)).latencies().p99();
			assertThat(others.latencies().p99()).as("usual p99 %s, %s", usual, others).isLessThan(bar(usual));
			assertThat(others.latencies().max()).as(others.toString()).isLessThan(STOPPED.dividedBy(2));
			assertThat(report.where((outcome) -> outcome.started().isAfter(resumed)).requestsPerPid())
				.as("serves again")
				.containsKey(victim);
		}
		assertThat(fleet.childPids()).contains(victim);
		// A busy machine may cause other stalls before and after
		assertThat(Waiting.linesOf(fleet, "pid " + victim + ") is stalled for"))
			.filteredOn((line) -> line.contains(" s: its process is stopped"))
			.hasSize(1);
		assertThat(Waiting.linesOf(fleet, "pid " + victim + ") is back after")).isNotEmpty()
			.allMatch((line) -> line.contains(" of processor time used meanwhile"));
	}

	// On a machine that has other work too, everything takes longer
	private static Duration bar(Duration usual) {
		return Collections.max(List.of(QUIET_BAR, usual.multipliedBy(5)));
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
