package io.github.prefork.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fleet can't start or can't go on.
 */
class FailureIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void childWhenItsBeanFailsIsLaunchedOnceAndExplained() throws Exception {
		FleetProcess fleet = faulty("--faulty.bean=true");
		assertFailed(fleet, "The child in slot 0 (pid ", "exit code 1",
				"before it was ready. It said: java.lang.IllegalStateException: planned failure of a bean",
				"standard output and standard error as the master");
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(1);
	}

	@Test
	void childWhenItFailsAfterItsServerHasStartedIsExplainedAtOnce() throws Exception {
		FleetProcess fleet = faulty("--faulty.runner=true");
		assertFailed(fleet, "The child in slot 0 (pid ", "exit code 1", "reason boot-failed");
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(1);
		assertThat(Waiting.linesOf(fleet, "without an answer from the master")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ChildSpawned", "MasterReady" })
	void hookWhenItFailsEndsTheFleet(String event) throws Exception {
		FleetProcess fleet = faulty("--faulty.hook=" + event);
		assertFailed(fleet, "A listener of " + event, "planned failure of a hook", "Mend the listener");
	}

	@Test
	void hookOfRecoveryWhenItFailsEndsTheFleet() throws Exception {
		FleetProcess fleet = faulty("--faulty.hook=ChildRecovered");
		fleet.port();
		fleet.signal(fleet.childPids().get(1), "KILL");
		assertFailed(fleet, "A listener of ChildRecovered", "planned failure of a hook");
	}

	@Test
	void exitsWhenOverTheThresholdEndTheFleet() throws Exception {
		FleetProcess fleet = faulty("--prefork.recovery.threshold=1");
		fleet.port();
		long first = fleet.childPids().get(0);
		int from = fleet.output().size();
		fleet.signal(first, "KILL");
		Waiting.line(fleet, "replaces the one with pid " + first, from);
		fleet.signal(fleet.childPids().get(0), "KILL");
		assertFailed(fleet, "2 children ended unplanned within ", "'prefork.recovery.threshold' allows 1", "killed",
				"raise 'prefork.recovery.threshold'");
	}

	@Test
	void exitsWhenOverTheThresholdLeaveSurvivorsThatServe() throws Exception {
		FleetProcess fleet = faulty("--prefork.recovery.threshold=0", "--prefork.recovery.on-exceeded=keep-survivors");
		int port = fleet.port();
		int from = fleet.output().size();
		fleet.signal(fleet.childPids().get(0), "KILL");
		Waiting.line(fleet, "children that are left go on serving", from);
		Waiting.answers(port, 100);
		assertThat(fleet.childPids()).hasSize(1);
		fleet.signal(fleet.childPids().get(0), "KILL");
		assertFailed(fleet, "'prefork.recovery.threshold' allows 0");
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(2);
	}

	@Test
	void portWhenTakenByAnotherFleetIsAnalysed() throws Exception {
		FleetProcess owner = faulty();
		int port = owner.port();
		// Chosen by the system, and the same in every process
		Set<String> answers = new HashSet<>();
		Awaitility.await().atMost(Waiting.START).until(() -> {
			answers.add(owner.get("/"));
			return answers.size() == 2;
		});
		assertThat(answers).containsExactlyInAnyOrder("0 " + port, "1 " + port);
		FleetProcess second = faulty("--server.port=" + port);
		assertFailed(second, "Web server failed to start. Port " + port + " was already in use");
		assertThat(Waiting.linesOf(second, ") launched")).isEmpty();
		assertThat(owner.get("/")).endsWith(" " + port);
		assertThat(owner.childPids()).hasSize(2);
	}

	@Test
	void portWhenTakenByAnotherProgramIsAnalysed() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			FleetProcess fleet = faulty("--server.port=" + taken.getLocalPort());
			assertFailed(fleet, "Web server failed to start. Port " + taken.getLocalPort() + " was already in use");
			assertThat(Waiting.linesOf(fleet, ") launched")).isEmpty();
		}
	}

	@Test
	void settingWhenInvalidIsAnalysed() throws Exception {
		FleetProcess fleet = faulty("--prefork.min-ready=3");
		assertFailed(fleet, "prefork.min-ready", "There are only 2 children");
		assertThat(Waiting.linesOf(fleet, ") launched")).isEmpty();
	}

	@Test
	void addressWhenNotOfThisMachineIsAnalysed() throws Exception {
		FleetProcess fleet = faulty("--server.address=192.0.2.1");
		assertFailed(fleet, "APPLICATION FAILED TO START", "The address 192.0.2.1 is not one of this machine",
				"Correct 'server.address'");
		assertThat(Waiting.linesOf(fleet, ") launched")).isEmpty();
	}

	private FleetProcess faulty(String... args) throws IOException {
		FleetProcessBuilder builder = this.fleets.mainClass(FaultyApplication.class.getName());
		return builder.args("--prefork.children=2").args(args).start();
	}

	private static void assertFailed(FleetProcess fleet, String... explanations) throws Exception {
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(String.join("\n", fleet.output())).contains(explanations);
	}

}
