package io.github.prefork.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.prefork.fleet.AcceptedConnections;
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
 * A child goes under load, and no client loses a request.
 */
class DrainIT {

	private static final int TIMES = 3;

	private static final Duration FOR_LONG = Duration.ofMinutes(5);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	private FleetProcess start(String... args) throws Exception {
		FleetProcess fleet = this.fleets.mainClass(FaultyApplication.class.getName())
			.args("--prefork.children=2", "--prefork.recovery.threshold=20")
			.args(args)
			.start();
		Waiting.warmUp(fleet.port());
		return fleet;
	}

	private static void replaceOne(FleetProcess fleet) {
		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		fleet.signal(victim, "TERM");
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
		Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
	}

	@ParameterizedTest
	@EnumSource
	void terminationOfChildrenUnderLoadLosesNothing(ConnectionMode mode) throws Exception {
		FleetProcess fleet = start();
		try (LoadRun run = LoadClient.start(LoadPlan.to(fleet.port())
			.path("/slow?ms=5")
			.mode(mode)
			.rate(300)
			.connections(32)
			.duration(FOR_LONG)
			.build())) {
			for (int time = 0; time < TIMES; time++) {
				replaceOne(fleet);
			}
			LoadReport report = run.stop();
			System.out.println(report);
			assertThat(report.failures()).as(report.toString()).isEmpty();
		}
	}

	@Test
	void terminationOfChildrenUnderHttp2LoadLosesNothing() throws Exception {
		FleetProcess fleet = start("--server.http2.enabled=true");
		try (Http2Load load = new Http2Load("http://127.0.0.1:" + fleet.port() + "/slow?ms=5", Duration.ofMillis(4))) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> load.finished() > 100);
			for (int time = 0; time < TIMES; time++) {
				replaceOne(fleet);
			}
			int finished = load.finished();
			Awaitility.await().atMost(Waiting.STOP).until(() -> load.finished() > finished + 100);
			load.stop();
			System.out.println(load);
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void terminationOfChildrenWithPipelinedRequestsAnswersAllThatWereSent() throws Exception {
		FleetProcess fleet = start();
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try {
			List<Future<Integer>> clients = new ArrayList<>();
			for (int count = 0; count < 16; count++) {
				clients.add(threads.submit(new PipeliningClient(fleet.port())));
			}
			List<Long> victims = fleet.childPids();
			victims.forEach((victim) -> fleet.signal(victim, "TERM"));
			for (Future<Integer> client : clients) {
				assertThat(client.get(Waiting.START.toSeconds(), TimeUnit.SECONDS)).isZero();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void terminationOfAChildWithLongRequestsFinishesThemAndEndsEventsInOrder() throws Exception {
		FleetProcess fleet = start("--prefork.drain.timeout=5s");
		int port = fleet.port();
		long victim = fleet.childPids().get(0);
		try (Socket events = openEvents(victim, port);
				LoadRun slow = LoadClient
					.start(LoadPlan.to(port).path("/slow?ms=3000").rate(200).requests(16).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> accepted(fleet, port) >= 17);
			int from = fleet.output().size();
			long begin = System.nanoTime();
			fleet.signal(victim, "TERM");
			LoadReport report = slow.await();
			assertThat(report.ok()).as(report.toString()).isEqualTo(16);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			String rest = new String(events.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			Duration streamed = Duration.ofNanos(System.nanoTime() - begin);
			System.out.println("The stream of events has ended after %d ms".formatted(streamed.toMillis()));
			assertThat(rest).endsWith("\r\n0\r\n\r\n");
			assertThat(streamed).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
			Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
			assertThat(Waiting.linesOf(fleet, "cuts off 1 connections")).hasSize(1);
		}
	}

	private static Socket openEvents(long child, int port) throws IOException {
		while (true) {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
			socket.setSoTimeout((int) Waiting.STOP.toMillis());
			socket.getOutputStream()
				.write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			InputStream input = socket.getInputStream();
			assertThat(input.read()).isEqualTo('H');
			if (AcceptedConnections.of(child, port).contains(socket.getLocalPort())) {
				return socket;
			}
			socket.close();
		}
	}

	private static int accepted(FleetProcess fleet, int port) throws IOException {
		int count = 0;
		for (long child : fleet.childPids()) {
			count += AcceptedConnections.of(child, port).size();
		}
		return count;
	}

}
