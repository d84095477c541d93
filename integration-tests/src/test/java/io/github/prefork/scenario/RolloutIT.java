package io.github.prefork.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGHUP to the master replaces the children, one slot at a time.
 */
class RolloutIT {

	private static final Duration FOR_LONG = Duration.ofMinutes(5);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@ParameterizedTest
	@EnumSource
	void hangupUnderLoadReplacesEveryChildAndLosesNothing(ConnectionMode mode) throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.port();
		Waiting.warmUp(port);
		Waiting.line(fleet, "Child in slot 0 .* is ready after .* and runs .*[(]sample-app.jar of .*, .* MB[)]", 0);
		List<Long> before = fleet.childPids();
		try (LoadRun run = LoadClient.start(
				LoadPlan.to(port).path("/slow?ms=5").mode(mode).rate(200).connections(32).duration(FOR_LONG).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> run.finished() > 100);
			int from = fleet.output().size();
			fleet.signal(fleet.pid(), "HUP");
			Waiting.line(fleet, "Rollout to generation 1 is complete after .*, with 2 slots replaced", from);
			LoadReport report = run.stop();
			System.out.println(report);
			assertThat(report.failures()).as(report.toString()).isEmpty();
		}
		assertThat(fleet.childPids()).hasSize(2).doesNotContainAnyElementsOf(before);
		assertThat(Waiting.linesOf(fleet, " and runs ")).hasSize(1);
		assertThat(Waiting.linesOf(fleet, "different settings")).isEmpty();
		assertThat(Waiting.gauge(fleet, "prefork.rollouts", "outcome:finished")).isEqualTo(1);
		assertThat(Waiting.gauge(fleet, "prefork.exits", "reason:planned")).isEqualTo(2);
	}

	@Test
	void hangupWhenTheNewChildCannotBootKeepsTheOldOnes() throws Exception {
		FleetProcess fleet = this.fleets.mainClass(FaultyApplication.class.getName())
			.args("--prefork.children=2")
			.start();
		int port = fleet.port();
		List<Long> before = fleet.childPids();
		Path broken = Files.createFile(fleet.workingDirectory().resolve("broken"));
		int from = fleet.output().size();
		fleet.signal(fleet.pid(), "HUP");
		Waiting.line(fleet, "Rollout to generation 1 has failed at slot 0 .*planned failure of a replacement", from);
		Waiting.answers(port, 50);
		assertThat(fleet.childPids()).isEqualTo(before);

		Files.delete(broken);
		fleet.signal(fleet.pid(), "HUP");
		Waiting.line(fleet, "Rollout to generation 2 is complete", from);
		assertThat(fleet.childPids()).hasSize(2).doesNotContainAnyElementsOf(before);
	}

}
