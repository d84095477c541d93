package io.github.prefork.scenario;

import java.time.Duration;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The master itself makes no progress for some seconds.
 */
class PausedMasterIT {

	private static final Duration PAUSE = Duration.ofSeconds(6);

	/** Long enough to miss what a heartbeat was to be here for. */
	private static final Duration AFTER = Duration.ofSeconds(2);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void pauseOfTheMasterCostsNobodyAnything() throws Exception {
		FleetProcess fleet = this.fleets.sample()
			// Shorter than the pause, and longer than what a busy machine takes by itself
			.args("--prefork.children=2", "--prefork.heartbeat.stall-timeout=3s", "--prefork.heartbeat.timeout=5s")
			.start();
		int port = fleet.port();
		fleet.managementPort();
		Waiting.warmUp(port);
		List<Long> children = fleet.childPids();
		int from = fleet.output().size();
		fleet.signal(fleet.pid(), "STOP");
		LoadReport report = load(port, PAUSE);
		System.out.println("While the master is stopped: " + report);
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(report.requestsPerPid()).as(report.toString()).containsOnlyKeys(children);

		fleet.signal(fleet.pid(), "CONT");
		report = load(port, AFTER);
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(report.requestsPerPid()).as(report.toString()).containsOnlyKeys(children);
		assertThat(fleet.childPids()).isEqualTo(children);
		assertThat(fleet.output().subList(from, fleet.output().size())).as("output since the pause").isEmpty();

		fleet.signal(children.get(0), "KILL");
		Waiting.line(fleet, "replaces the one with pid " + children.get(0), from);
	}

	private static LoadReport load(int port, Duration duration) throws InterruptedException {
		try (LoadRun run = LoadClient
			.start(LoadPlan.to(port).path("/slow?ms=5").rate(100).connections(32).duration(duration).build())) {
			return run.await();
		}
	}

}
