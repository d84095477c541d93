package io.github.prefork.scenario;

import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.fleet.SharedFleet;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children that hang while they serve, and while they boot.
 */
class HangIT {

	@RegisterExtension
	private static final SharedFleet SHARED = new SharedFleet(
			() -> FleetProcess.mainClass(FaultyApplication.class.getName())
				.args("--prefork.children=2", "--prefork.heartbeat.timeout=2s", "--prefork.shutdown.grace-period=4s"));

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void childWhenItsEventLoopIsBlockedShowsTheFrameAndIsReplaced() throws Exception {
		FleetProcess fleet = SHARED.get();
		int port = fleet.port();
		int from = fleet.output().size();
		try (Socket blocking = new Socket("127.0.0.1", port)) {
			blocking.getOutputStream()
				.write("GET /block HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			Waiting.line(fleet, "is stalled for .* s: an event loop does not answer", from);
			Waiting.answers(port, 50);
			Waiting.line(fleet, "hangs \\(an event loop does not answer for ", from);
			Waiting.line(fleet, "is stuck: .*called from .*FaultyLoop\\.waitForNothing", from);
			Waiting.line(fleet, "Threads of child slot ", from);
			Waiting.line(fleet, "at .*FaultyLoop\\.block\\(", from);
			Waiting.line(fleet, "replaces the one with pid ", from);
			Waiting.line(fleet, "has ended: hung", from);
			Waiting.answers(port, 50);
		}
	}

	@Test
	void childWhenItsProcessIsStoppedIsReplaced() throws Exception {
		FleetProcess fleet = SHARED.get();
		int port = fleet.port();
		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		fleet.signal(victim, "STOP");
		Waiting.line(fleet, "is stalled for .* s: its process is stopped", from);
		Waiting.line(fleet, "hangs \\(its process is stopped for .*, with 0\\.\\d s of processor time", from);
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
		Waiting.line(fleet, "pid " + victim + "\\) has ended: hung", from);
		Waiting.answers(port, 50);
		assertThat(fleet.childPids()).hasSize(2).doesNotContain(victim);
	}

	@Test
	void childWhenItBootsTooLongSaysWhereItIsStuck() throws Exception {
		FleetProcess fleet = this.fleets.mainClass(FaultyApplication.class.getName())
			.args("--prefork.children=2", "--faulty.slow=true", "--prefork.boot-timeout=16s")
			.start();
		assertThat(fleet.awaitExit(Waiting.START)).isEqualTo(1);
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(String.join("\n", fleet.output())).contains("reason boot-timeout", "It was stuck: main at ",
				"called from io.github.prefork.scenario.faulty.FaultyLoop.waitForNothing", "Threads of child slot 0");
	}

}
