package io.github.prefork.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.fleet.FreePort;
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
		int port = FreePort.next();
		FleetProcess fleet = startSlowly("--faulty.customizer=0", "--server.port=" + port);
		long pid = awaitChild(fleet);
		assertThat(fleet.output()).noneMatch((line) -> line.contains("Prefork master with"));
		create(fleet, "go");
		// The properties say another one than the application does
		assertThat(fleet.port()).isNotEqualTo(port);
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(2)
			.first()
			.asString()
			.contains("Child in slot 0 (pid " + pid + ") launched");
		assertThat(fleet.childPids()).hasSize(2).contains(pid);
	}

	@Test
	void childServesBeforeTheContextOfTheMasterHasStarted() throws Exception {
		int port = FreePort.next();
		FleetProcess fleet = startSlowly("--faulty.master=true", "--server.port=" + port);
		Awaitility.await()
			.atMost(Waiting.START)
			.ignoreExceptionsInstanceOf(IOException.class)
			.untilAsserted(() -> assertThat(get(port)).isEqualTo("0 " + port));
		assertThat(hooks(fleet)).isEmpty();
		Awaitility.await().atMost(Waiting.START).until(() -> fleet.childPids().size() == 2);
		create(fleet, "go");
		assertThat(fleet.port()).isEqualTo(port);
		Awaitility.await().atMost(Waiting.START).until(() -> hooks(fleet).contains("FleetReady"));
		assertThat(hooks(fleet)).containsExactly("ChildSpawned", "ChildReady", "ChildSpawned", "MasterReady",
				"ChildReady", "FleetReady");
		assertThat(fleet.childPids()).hasSize(2);
	}

	@Test
	void contextWhenItFailsLeavesNoChild() throws Exception {
		FleetProcess fleet = startSlowly("--faulty.master=true");
		awaitChild(fleet);
		create(fleet, "fail");
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		assertNothingIsLeft(fleet);
		assertThat(fleet.output()).anyMatch((line) -> line.contains("planned failure of the master"));
	}

	@Test
	void signalWhenContextStartsLeavesNoChild() throws Exception {
		FleetProcess fleet = startSlowly("--faulty.master=true");
		awaitChild(fleet);
		fleet.signal(fleet.pid(), "TERM");
		// Spring waits for the context before it ends
		Awaitility.await().atMost(Waiting.STOP).until(() -> fleet.childPids().isEmpty());
		create(fleet, "go");
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
		assertNothingIsLeft(fleet);
	}

	private FleetProcess startSlowly(String... arguments) throws Exception {
		return this.fleets.mainClass(FaultyApplication.class.getName())
			.args("--prefork.children=2")
			.args(arguments)
			.start();
	}

	private static List<String> hooks(FleetProcess fleet) {
		// A child hears events too
		return Waiting.linesOf(fleet, "Hook: ")
			.stream()
			.filter((line) -> line.contains(" " + fleet.pid() + " --- "))
			.map((line) -> line.replaceFirst(".*Hook: ", ""))
			.toList();
	}

	private static String get(int port) throws Exception {
		// On a connection of its own each time
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
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
