package io.github.prefork.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fleet is told to stop.
 */
class StopIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	@Tag(Scenario.TAG)
	void terminationUnderLoadAnswersWhatWasAcceptedAndRefusesTheRest() throws Exception {
		Scenario.run("8 final stops", () -> {
			List<String> stops = new ArrayList<>();
			for (int count = 0; count < Scenario.count(1, 10); count++) {
				FleetProcess fleet = this.fleets.sample().args(Scenario.childrenArgument()).start();
				stops.add(stopUnderLoad(fleet, () -> fleet.signal(fleet.pid(), "TERM"), 143));
				assertThat(Waiting.linesOf(fleet, "has ended as planned")).hasSize(Scenario.children());
				fleet.close();
			}
			return String.join("; ", stops);
		});
	}

	@Test
	void interruptOfTheGroupUnderLoadStopsGracefully() throws Exception {
		FleetProcess fleet = start();
		System.out.println(stopUnderLoad(fleet, () -> fleet.signalGroup("INT"), 130));
		assertThat(Waiting.linesOf(fleet, "has ended as planned")).hasSize(2);
	}

	private static String stopUnderLoad(FleetProcess fleet, Runnable stop, int status) throws Exception {
		int port = fleet.port();
		try (FinalStop clients = new FinalStop(port)) {
			long begin = System.nanoTime();
			stop.run();
			assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(status);
			long taken = Duration.ofNanos(System.nanoTime() - begin).toMillis();
			String figures = clients.check();
			assertNothingLeft(fleet, port);
			return "%s, stopped after %d ms".formatted(figures, taken);
		}
	}

	@Test
	void terminationOfTheGroupWhenReadyLaunchesNothing() throws Exception {
		FleetProcess fleet = start();
		int port = fleet.port();
		fleet.signalGroup("TERM");
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
		assertNothingLeft(fleet, port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "INT" })
	void signalWhenTheFirstChildBootsStops(String signal) throws Exception {
		// Launched early it serves when it is told of: EarlyLaunchIT
		FleetProcess fleet = start("--prefork.master.early-launch=false");
		fleet.awaitOutput(Pattern.compile("Child in slot 0 .* launched"), Waiting.START);
		fleet.signalGroup(signal);
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(signal.equals("TERM") ? 143 : 130);
		assertNothingLeft(fleet, 0);
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(1);
		assertThat(Waiting.linesOf(fleet, "APPLICATION FAILED TO START")).isEmpty();
	}

	@Test
	void terminationWhenTheSecondChildBootsStops() throws Exception {
		FleetProcess fleet = start();
		fleet.awaitOutput(Pattern.compile("Child in slot 1 .* launched"), Waiting.START);
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
		assertNothingLeft(fleet, 0);
		assertThat(Waiting.linesOf(fleet, ") launched")).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Child in slot 0 .* launched", "Child in slot 1 .* launched" })
	void killOfTheMasterWhenAChildBootsLeavesNobody(String line) throws Exception {
		FleetProcess fleet = start("--prefork.master.early-launch=false");
		fleet.awaitOutput(Pattern.compile(line), Waiting.START);
		fleet.signal(fleet.pid(), "KILL");
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(Waiting.linesOf(fleet, "Prefork master with")).hasSize(1);
	}

	@Test
	void terminationWhenARequestTakesTooLongRefusesReadinessAndEndsAtTheDrainTimeout() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=1", "--prefork.drain.timeout=5s").start();
		int port = fleet.port();
		// The first request of all takes a master long
		assertThat(fleet.manage("GET", "/actuator/health/readiness", null).status()).isEqualTo(200);
		try (LoadRun run = LoadClient.start(LoadPlan.to(port).path("/slow?ms=30000").requests(1).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> accepted(fleet, port) == 1);
			fleet.signal(fleet.pid(), "TERM");
			Waiting.line(fleet, "Stopping the fleet", 0);
			assertThat(fleet.manage("GET", "/actuator/health/readiness", null).status()).isEqualTo(503);
			assertThat(fleet.awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
			assertThat(run.await().ok()).isZero();
		}
	}

	@Test
	void killOfTheMasterWhenAChildIsBusyLetsItFinishAndFreesThePort() throws Exception {
		FleetProcess fleet = start();
		int port = fleet.port();
		try (LoadRun run = LoadClient.start(LoadPlan.to(port).path("/slow?ms=3000").rate(50).requests(16).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> accepted(fleet, port) + run.finished() >= 16);
			fleet.signal(fleet.pid(), "KILL");
			LoadReport report = run.await();
			assertThat(report.ok()).as(report.toString()).isEqualTo(16);
		}
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(Waiting.linesOf(fleet, "Exception")).isEmpty();
		FleetProcess next = this.fleets.sample().args("--prefork.children=1", "--server.port=" + port).start();
		assertThat(next.port()).isEqualTo(port);
		assertThat(next.get("/")).contains("\"slot\":0");
	}

	private static int accepted(FleetProcess fleet, int port) throws IOException {
		int count = 0;
		for (long child : fleet.childPids()) {
			count += AcceptedConnections.of(child, port).size();
		}
		return count;
	}

	private FleetProcess start(String... arguments) throws IOException {
		return this.fleets.sample().args("--prefork.children=2").args(arguments).start();
	}

	private static void assertNothingLeft(FleetProcess fleet, int port) throws IOException {
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(Waiting.linesOf(fleet, "replaces the one")).isEmpty();
		if (port != 0) {
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				assertThat(socket.isBound()).isTrue();
			}
		}
	}

}
