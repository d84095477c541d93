package io.github.prefork.scenario;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.FailureKind;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The ways to share a port, and what happens where there is none.
 */
class ListenerModesIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void childBoundWhenThereIsNoNativeTransportServesAndRecovers() throws Exception {
		FleetProcess fleet = start(application().withoutJar("netty-transport-native-epoll"));
		int port = fleet.port();
		assertThat(Waiting.linesOf(fleet, "prefork.listener=reuseport is not possible")).hasSize(1);
		assertThat(Waiting.linesOf(fleet, "listener mode child-bound")).hasSize(1);
		assertServedByBoth(fleet);
		assertPortIsTaken(port);

		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		fleet.signal(victim, "KILL");
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
		assertServedByBoth(fleet);

		assertStops(fleet, port);
	}

	@Test
	void childBoundWhenWantedServesOnTheNativeTransport() throws Exception {
		FleetProcess fleet = start(application("--prefork.listener=child-bound", "--prefork.network=tcp4"));
		int port = fleet.port();
		assertThat(Waiting.linesOf(fleet, "is not possible")).isEmpty();
		assertServedByBoth(fleet);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Socket("::1", port).close());
		assertStops(fleet, port);
	}

	private static void assertStops(FleetProcess fleet, int port) throws Exception {
		try (LoadRun run = LoadClient.start(LoadPlan.to(port).rate(50).build())) {
			Awaitility.await().atMost(Waiting.START).until(() -> run.finished() > 20);
			fleet.signal(fleet.pid(), "TERM");
			assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
			LoadReport report = run.stop();
			// What arrives in the moment in which a child closes its own socket is lost
			assertThat(report.failures().size() - report.failed(FailureKind.REFUSED)).as(report.toString())
				.isLessThanOrEqualTo(2);
		}
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
	}

	@Test
	void addressWhenIpv6ServesItAlone() throws Exception {
		assumeThat(hasIpv6()).isTrue();
		FleetProcess fleet = start(application("--server.address=::1", "--prefork.network=tcp6"));
		int port = fleet.port();
		try (Socket client = new Socket("::1", port)) {
			assertThat(client.isConnected()).isTrue();
		}
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.1"), port).close());
	}

	@Test
	void networkWhenAddressIsOfTheOtherKindIsAnalysed() throws Exception {
		FleetProcess fleet = start(application("--server.address=::1", "--prefork.network=tcp4"));
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		assertThat(String.join("\n", fleet.output())).contains("prefork.network", "tcp4", "server.address");
		assertThat(Waiting.linesOf(fleet, ") launched")).isEmpty();
	}

	@Test
	void platformWhenNotLinuxIsStandaloneWithOneWarning() throws Exception {
		// Some JDKs can't bind a port under a false name, so it may get no further
		FleetProcess fleet = start(windows());
		Waiting.line(fleet, "Prefork is not active", 0);
		assertThat(Waiting.linesOf(fleet, "Prefork is not active")).singleElement()
			.asString()
			.contains("WARN", "needs Linux", "Windows Server 2025");
		assertThat(Waiting.linesOf(fleet, ") launched")).isEmpty();
	}

	@Test
	void platformWhenNotLinuxAndPreforkIsRequiredFails() throws Exception {
		FleetProcess fleet = start(windows().args("--prefork.required=true"));
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		assertThat(String.join("\n", fleet.output())).contains("APPLICATION FAILED TO START", "prefork.required=true",
				"needs Linux", "Windows Server 2025");
	}

	private static boolean hasIpv6() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private FleetProcessBuilder windows() {
		return application().jvmOptions("-Dos.name=Windows Server 2025");
	}

	private FleetProcessBuilder application(String... args) {
		return this.fleets.mainClass(FaultyApplication.class.getName()).args("--prefork.children=2").args(args);
	}

	private static FleetProcess start(FleetProcessBuilder builder) throws IOException {
		return builder.start();
	}

	private static void assertServedByBoth(FleetProcess fleet) {
		Set<String> answers = new HashSet<>();
		Awaitility.await().atMost(Waiting.START).until(() -> {
			answers.add(fleet.get("/"));
			return answers.size() == 2;
		});
		assertThat(answers).containsExactlyInAnyOrder("0 " + fleet.port(), "1 " + fleet.port());
	}

	private static void assertPortIsTaken(int port) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> new ServerSocket(port).close());
	}

}
