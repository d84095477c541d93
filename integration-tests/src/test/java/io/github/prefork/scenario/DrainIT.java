package io.github.prefork.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.SharedFleet;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child goes under load, and no client loses a request.
 */
class DrainIT {

	@RegisterExtension
	private static final SharedFleet SHARED = new SharedFleet(
			() -> FleetProcess.mainClass(FaultyApplication.class.getName())
				.args(Scenario.childrenArgument(), "--prefork.recovery.threshold=50", "--prefork.drain.timeout=5s",
						"--server.http2.enabled=true"));

	private FleetProcess fleet;

	@BeforeEach
	void start() throws Exception {
		this.fleet = SHARED.get();
		Waiting.answers(this.fleet.port(), 50);
		assertThat(this.fleet.childPids()).hasSize(Scenario.children());
	}

	private static void replaceOne(FleetProcess fleet) {
		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		fleet.signal(victim, "TERM");
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
		Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
	}

	@ParameterizedTest
	@MethodSource
	@Tag(Scenario.TAG)
	void terminationOfChildrenUnderLoadLosesNothing(Set<Clients> clients) throws Exception {
		int times = Scenario.count(1, 3);
		Scenario.run("2 children are told to end under load of " + clients, () -> {
			try (MixedLoad load = new MixedLoad(this.fleet.port(), clients)) {
				for (int time = 0; time < times; time++) {
					replaceOne(this.fleet);
				}
				return "%d ends: %s".formatted(times, load.stop());
			}
		});
	}

	static Stream<Set<Clients>> terminationOfChildrenUnderLoadLosesNothing() {
		Set<Clients> all = EnumSet.of(Clients.NEW, Clients.KEEP_ALIVE, Clients.HTTP2);
		return (Scenario.full()) ? all.stream().map(EnumSet::of) : Stream.of(all);
	}

	@Test
	void terminationOfChildrenWithPipelinedRequestsAnswersAllThatWereSent() throws Exception {
		int from = this.fleet.output().size();
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try {
			List<Future<Integer>> clients = new ArrayList<>();
			for (int count = 0; count < 16; count++) {
				clients.add(threads.submit(new PipeliningClient(this.fleet.port())));
			}
			List<Long> victims = this.fleet.childPids();
			victims.forEach((victim) -> this.fleet.signal(victim, "TERM"));
			for (Future<Integer> client : clients) {
				assertThat(client.get(Waiting.START.toSeconds(), TimeUnit.SECONDS)).isZero();
			}
			for (long victim : victims) {
				Waiting.line(this.fleet, "replaces the one with pid " + victim, from);
				Waiting.line(this.fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@Tag(Scenario.TAG)
	void terminationOfAChildWithLongRequestsFinishesThemAndEndsEventsInOrder() throws Exception {
		Scenario.run("2 requests of 3 s and a stream when their child is told to end",
				() -> endWithLongRequests(this.fleet, this.fleet.port()));
	}

	private static String endWithLongRequests(FleetProcess fleet, int port) throws Exception {
		long victim = fleet.childPids().get(0);
		try (Socket events = openEvents(victim, port);
				LoadRun slow = LoadClient
					.start(LoadPlan.to(port).path("/slow?ms=3000").rate(200).requests(16).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> accepted(fleet, port) + slow.finished() >= 17);
			int from = fleet.output().size();
			CompletableFuture<StreamEnd> stream = CompletableFuture.supplyAsync(() -> readToTheEnd(events));
			Instant begin = Instant.now();
			fleet.signal(victim, "TERM");
			LoadReport report = slow.await();
			assertThat(report.ok()).as(report.toString()).isEqualTo(16);
			StreamEnd end = stream.get(Waiting.STOP.toSeconds(), TimeUnit.SECONDS);
			assertThat(end.rest()).endsWith("\r\n0\r\n\r\n");
			Duration streamed = Duration.between(begin, end.time());
			assertThat(streamed).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
			assertThat(report.outcomes()).as("the stream ends last, at %s: %s", end.time(), report)
				.allMatch((outcome) -> outcome.finished().isBefore(end.time()));
			Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
			Waiting.line(fleet, "replaces the one with pid " + victim, from);
			assertThat(fleet.output().subList(from, fleet.output().size()))
				.filteredOn((line) -> line.contains("cuts off 1 connections"))
				.hasSize(1);
			return "%d of 16 answered, p99 %d ms; the stream has ended in order after %d ms".formatted(report.ok(),
					report.latencies().p99().toMillis(), streamed.toMillis());
		}
	}

	private static StreamEnd readToTheEnd(Socket events) {
		try {
			String rest = new String(events.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			return new StreamEnd(rest, Instant.now());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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

	private record StreamEnd(String rest, Instant time) {

	}

}
