package io.github.prefork.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child ends through its own application, without a word.
 */
class FaultIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void haltOfAChildIsACrashWhateverItsStatusSays() throws Exception {
		FleetProcess fleet = faulty();
		int from = fleet.output().size();
		LoadReport report = LoadClient.run(LoadPlan.to(fleet.port()).path("/halt").requests(1).build());
		assertThat(report.failures()).as(report.toString()).hasSize(1);
		Waiting.line(fleet, "has ended: crashed, exit code 0", from);
		Waiting.line(fleet, "replaces the one with pid", from);
	}

	@Test
	void replacementsThatDoNotBootAreLaunchedUpToTheThreshold() throws Exception {
		FleetProcess fleet = faulty("--prefork.recovery.threshold=4");
		int port = fleet.port();
		Path broken = fleet.workingDirectory().resolve("broken");
		long survivor = fleet.childPids().get(1);
		try (LoadRun run = LoadClient.start(LoadPlan.to(port).rate(20).duration(Duration.ofMinutes(5)).build())) {
			Files.createFile(broken);
			int from = killFirst(fleet);
			Waiting.line(fleet, "has ended: boot-failed, exit code 1", from);
			Files.delete(broken);
			Waiting.line(fleet, "replaces the one with pid", from);
			assertThat(fleet.childPids()).hasSize(2).contains(survivor);

			LoadReport report = run.stop();
			assertThat(report.failures()).as(report.toString()).hasSizeLessThanOrEqualTo(1);
		}
		Files.createFile(broken);
		killFirst(fleet);
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(2 + 2 + 2);
		assertThat(String.join("\n", fleet.output())).contains("PREFORK FLEET FAILED",
				"5 children ended unplanned within 60s, and 'prefork.recovery.threshold' allows 4",
				"reason boot-failed", "It said: java.lang.IllegalStateException: planned failure of a replacement");
	}

	private static int killFirst(FleetProcess fleet) {
		int from = fleet.output().size();
		fleet.signal(fleet.childPids().get(0), "KILL");
		return from;
	}

	private FleetProcess faulty(String... args) throws IOException {
		FleetProcessBuilder builder = this.fleets.mainClass(FaultyApplication.class.getName());
		FleetProcess fleet = builder.args("--prefork.children=2").args(args).start();
		fleet.port();
		fleet.managementPort();
		return fleet;
	}

}
