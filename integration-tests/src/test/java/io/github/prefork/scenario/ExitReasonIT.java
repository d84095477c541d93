package io.github.prefork.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The master tells why a child has ended: memory that has run out, and a crash.
 */
class ExitReasonIT {

	private static final int TIMEOUT_MILLIS = 20_000;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void memoryWhenItRunsOutEndsTheChildAndIsTold() throws Exception {
		FleetProcess fleet = start("-Xmx128m", "-XX:MaxDirectMemorySize=16m");
		exhaust(fleet, 1, "Java heap space", "/exhaust/heap");
		exhaust(fleet, 2, "of direct buffer memory", "/exhaust/direct");
		exhaust(fleet, 3, "of direct buffer memory", "/exhaust/silently", "/large");
		exhaust(fleet, 4, "unable to create native thread", "/exhaust/threads");
		assertThat(Waiting.linesOf(fleet, "has ended: ")).hasSize(4);
	}

	@Test
	void memoryWhenTheUserWantsTheChildToStayIsNotTheEnd() throws Exception {
		FleetProcess fleet = start("-Xmx128m", "-XX:MaxDirectMemorySize=16m", "-XX:-ExitOnOutOfMemoryError");
		long child = fleet.childPids().get(0);
		request(fleet, "/exhaust/direct");
		assertThat(fleet.childPids()).containsExactly(child);
		assertThat(Waiting.linesOf(fleet, "has ended: ")).isEmpty();
	}

	@Test
	void crashNamesItsReport() throws Exception {
		FleetProcess fleet = start("-XX:-CreateCoredumpOnCrash");
		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		fleet.signal(victim, "SEGV");
		Path report = fleet.workingDirectory().toRealPath().resolve("hs_err-0.log");
		Waiting.line(fleet, "pid " + victim + "\\) has ended: crashed, exit code \\d+.*; see " + report, from);
		assertThat(Files.readAllLines(report)).anyMatch((line) -> line.contains("SIGSEGV"));
		assertReplaced(fleet, victim, from, "crashed", 1);
	}

	private static void exhaust(FleetProcess fleet, int times, String message, String... paths) throws IOException {
		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		for (String path : paths) {
			request(fleet, path);
		}
		Waiting.line(fleet, "^Terminating due to .*" + message, from);
		Waiting.line(fleet, "pid " + victim + "\\) has ended: out-of-memory, exit code 3, after", from);
		assertReplaced(fleet, victim, from, "out-of-memory", times);
	}

	private static void assertReplaced(FleetProcess fleet, long victim, int from, String reason, int times)
			throws IOException {
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
		assertThat(fleet.get("/")).startsWith("0 ");
		assertThat(Waiting.gauge(fleet, "prefork.exits", "reason:" + reason)).isEqualTo(times);
	}

	private FleetProcess start(String... options) throws IOException {
		FleetProcessBuilder builder = this.fleets.mainClass(FaultyApplication.class.getName());
		FleetProcess fleet = builder.jvmOptions(options)
			.args("--prefork.children=1", "--management.endpoints.web.exposure.include=metrics")
			.start();
		fleet.port();
		fleet.managementPort();
		return fleet;
	}

	/** The JDK's own client would send it once more. */
	private static void request(FleetProcess fleet, String path) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fleet.port())) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			// The child is gone
		}
	}

}
