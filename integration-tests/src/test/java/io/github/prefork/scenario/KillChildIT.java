package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.SharedFleet;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child is killed under load.
 */
@Tag(Scenario.TAG)
class KillChildIT {

	private static final int KILLS = Scenario.count(1, 3);

	@RegisterExtension
	private static final SharedFleet SHARED = new SharedFleet(
			() -> FleetProcess.sample().args("--prefork.children=2", "--prefork.recovery.threshold=20"));

	private final KilledChildren killed = new KilledChildren();

	private FleetProcess fleet;

	@BeforeEach
	void start() throws IOException {
		this.fleet = SHARED.get();
		this.fleet.port();
		this.fleet.managementPort();
	}

	@Test
	void killWhenConnectionsAreNewFailsOnlyWhatTheDeadChildHadAccepted() throws Exception {
		this.killed.assertOnlyTheirRequestsFailed(killUnderLoad(ConnectionMode.NEW));
	}

	@Test
	void killWhenConnectionsAreKeptAliveFailsOnlyOnConnectionsOfTheDeadChild() throws Exception {
		this.killed.assertOnlyTheirRequestsFailed(killUnderLoad(ConnectionMode.KEEP_ALIVE));
	}

	@Test
	void killIsToldInOrderAndCounted() throws Exception {
		assertThat(Waiting.gauge(this.fleet, "prefork.children", "state:ready")).isEqualTo(2);
		double spawns = Waiting.gauge(this.fleet, "prefork.spawns");
		double recoveries = Waiting.gauge(this.fleet, "prefork.recoveries");
		double exits = Waiting.gauge(this.fleet, "prefork.exits", "reason:killed");
		long victim = this.fleet.childPids().get(0);
		int from = this.fleet.output().size();
		this.fleet.signal(victim, "KILL");
		Waiting.readyChildren(this.fleet, 1);
		Waiting.line(this.fleet, "fleet +: Child in slot \\d \\(pid \\d+\\) replaces the one with pid " + victim, from);
		Waiting.readyChildren(this.fleet, 2);
		assertThat(this.fleet.output().subList(from, this.fleet.output().size()))
			.filteredOn((line) -> line.contains("prefork.fleet ") && !Waiting.tellsStall(line))
			.map((line) -> line.replaceFirst(".*prefork.fleet +: ", ""))
			.satisfiesExactly(
					(line) -> assertThat(line).contains("pid " + victim + ") has ended: killed, exit code 137"),
					(line) -> assertThat(line).contains("launched"), (line) -> assertThat(line).contains("is ready"),
					(line) -> assertThat(line).contains("replaces the one with pid " + victim));
		assertThat(Waiting.gauge(this.fleet, "prefork.children.desired")).isEqualTo(2);
		assertThat(Waiting.gauge(this.fleet, "prefork.spawns")).isEqualTo(spawns + 1);
		assertThat(Waiting.gauge(this.fleet, "prefork.recoveries")).isEqualTo(recoveries + 1);
		assertThat(Waiting.gauge(this.fleet, "prefork.exits", "reason:killed")).isEqualTo(exits + 1);
	}

	private LoadReport killUnderLoad(ConnectionMode mode) throws IOException, InterruptedException {
		try (LoadRun run = LoadClient.start(LoadPlan.to(this.fleet.port())
			.path("/slow?ms=5")
			.rate(300)
			.connections(16)
			.duration(Duration.ofMinutes(5))
			.mode(mode)
			.build())) {
			for (int i = 0; i < KILLS; i++) {
				this.killed.kill(this.fleet, this.fleet.childPids().get(0));
			}

			LoadReport report = run.stop();
			System.out.println(report);
			assertThat(report.ok()).as(report.toString()).isGreaterThan(300L * KILLS);
			return report;
		}
	}

}
