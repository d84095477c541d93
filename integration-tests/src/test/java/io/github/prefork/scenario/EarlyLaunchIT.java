package io.github.prefork.scenario;

import java.nio.file.Files;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The child of slot 0 is launched before the application context of the master is there.
 */
class EarlyLaunchIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void childIsLaunchedEarlyAndAdopted() throws Exception {
		FleetProcess fleet = startSlowly();
		long pid = awaitChild(fleet);
		assertThat(fleet.output()).noneMatch((line) -> line.contains("Prefork master with"));
		create(fleet, "go");
		fleet.port();
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(2)
			.first()
			.asString()
			.contains("Child in slot 0 (pid " + pid + ") launched");
		assertThat(fleet.childPids()).hasSize(2).contains(pid);
	}

	@Test
	void contextWhenItFailsLeavesNoChild() throws Exception {
		FleetProcess fleet = startSlowly();
		awaitChild(fleet);
		create(fleet, "fail");
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		assertNothingIsLeft(fleet);
		assertThat(fleet.output()).anyMatch((line) -> line.contains("planned failure of the master"));
	}

	@Test
	void signalWhenContextStartsLeavesNoChild() throws Exception {
		FleetProcess fleet = startSlowly();
		awaitChild(fleet);
		fleet.signal(fleet.pid(), "TERM");
		// Spring waits for the context before it ends
		Awaitility.await().atMost(Waiting.STOP).until(() -> fleet.childPids().isEmpty());
		create(fleet, "go");
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
		assertNothingIsLeft(fleet);
	}

	private FleetProcess startSlowly() throws Exception {
		return this.fleets.mainClass(FaultyApplication.class.getName())
			.args("--prefork.children=2", "--faulty.master=true")
			.start();
	}

	private static long awaitChild(FleetProcess fleet) {
		return Awaitility.await().atMost(Waiting.START).until(fleet::childPids, (pids) -> pids.size() == 1).get(0);
	}

	private static void create(FleetProcess fleet, String name) throws Exception {
		Files.write(fleet.workingDirectory().resolve(name), List.of());
	}

	private static void assertNothingIsLeft(FleetProcess fleet) {
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
	}

}
