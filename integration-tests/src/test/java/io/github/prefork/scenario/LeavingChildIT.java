package io.github.prefork.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.fleet.SharedFleet;
import io.github.prefork.load.FailureKind;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child ends by itself, in order.
 */
class LeavingChildIT {

	private static final Duration LONG = Duration.ofSeconds(5);

	private static final Duration FOR_LONG = Duration.ofMinutes(5);

	// Without a port of its own, the management endpoints are those of a child
	@RegisterExtension
	private static final SharedFleet SHARED = new SharedFleet(
			() -> FleetProcess.mainClass(FaultyApplication.class.getName())
				.args("--prefork.children=2", "--prefork.recovery.threshold=20", "--prefork.drain.timeout=4s",
						"--management.server.port=", "--management.endpoints.web.exposure.include=shutdown",
						"--management.endpoint.shutdown.access=unrestricted"));

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void terminationOfEveryChildUnderLoadLetsTheLastOneServeUntilAReplacementDoes() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.port();
		List<Long> victims = fleet.childPids();
		try (LoadRun run = LoadClient
			.start(LoadPlan.to(port).path("/slow?ms=20").rate(100).connections(32).duration(FOR_LONG).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> run.finished() > 100);
			int from = fleet.output().size();
			Instant early = Instant.now().plusMillis(500);
			victims.forEach((victim) -> fleet.signal(victim, "TERM"));
			Waiting.line(fleet, "is ready after", from);
			Instant ready = Instant.now();
			for (long victim : victims) {
				Waiting.line(fleet, "replaces the one with pid " + victim, from);
				Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
			}
			LoadReport report = run.stop();
			System.out.println(report);
			assertThat(report.where((outcome) -> outcome.started().isAfter(early) && outcome.finished().isBefore(ready))
				.requestsPerPid()).as(report.toString()).isNotEmpty();
			assertThat(report.failures()).as(report.toString()).isEmpty();
			assertThat(report.failed(FailureKind.REFUSED)).as(report.toString()).isZero();
			assertThat(report.failed(FailureKind.TIMEOUT)).as(report.toString()).isZero();
		}
	}

	@Test
	void terminationOfOneChildWithLongRequestsDelaysNobodyElse() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.port();
		Waiting.warmUp(port);
		long victim = fleet.childPids().get(0);
		LoadPlan quick = LoadPlan.to(port).path("/slow?ms=5").rate(300).connections(64).requests(1200).build();
		Duration usual = LoadClient
			.run(LoadPlan.to(port).path("/slow?ms=5").rate(300).connections(64).requests(600).build())
			.latencies()
			.p99();
		try (LoadRun slow = LoadClient
			.start(LoadPlan.to(port).path("/slow?ms=" + LONG.toMillis()).rate(200).requests(16).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> accepted(fleet, port) == 16);
			assertThat(AcceptedConnections.of(victim, port)).isNotEmpty();
			try (LoadRun run = LoadClient.start(quick)) {
				Awaitility.await().atMost(Waiting.STOP).until(() -> run.finished() > 30);
				int from = fleet.output().size();
				Instant begin = Instant.now();
				fleet.signal(victim, "TERM");
				Waiting.line(fleet, "\\) launched", from);
				Instant launched = Instant.now();
				LoadReport report = run.await();
				LoadReport slowReport = slow.await();
				System.out.println("Replacement launched after %d ms; usual p99 %d ms%n%s%n%s"
					.formatted(Duration.between(begin, launched).toMillis(), usual.toMillis(), report, slowReport));
				// Not first when the long requests are through
				assertThat(slowReport.outcomes()).as(slowReport.toString())
					.allMatch((outcome) -> launched.isBefore(outcome.finished()));
				assertThat(slowReport.ok()).as(slowReport.toString()).isEqualTo(16);
				assertThat(slowReport.requestsPerPid()).containsKey(victim);
				assertThat(report.failures()).as(report.toString()).isEmpty();
				assertThat(report.latencies().p99()).as(report.toString()).isLessThan(bar(usual));
				Waiting.line(fleet, "replaces the one with pid " + victim, from);
				Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
			}
		}
	}

	// The replacement boots meanwhile, which takes processors from everybody
	private static Duration bar(Duration usual) {
		return Collections.max(List.of(Duration.ofMillis(1500), usual.multipliedBy(8)));
	}

	private static int accepted(FleetProcess fleet, int port) throws IOException {
		int count = 0;
		for (long child : fleet.childPids()) {
			count += AcceptedConnections.of(child, port).size();
		}
		return count;
	}

	@ParameterizedTest
	@CsvSource({ "GET, /exit", "POST, /actuator/shutdown" })
	void childThatEndsItselfUnderLoadAnswersAndIsRepaired(String method, String path) throws Exception {
		FleetProcess fleet = SHARED.get();
		int port = fleet.port();
		try (LoadRun run = LoadClient
			.start(LoadPlan.to(port).path("/slow?ms=20").rate(100).duration(FOR_LONG).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> run.finished() > 100);
			int from = fleet.output().size();
			assertThat(status(method, port, path)).isEqualTo(200);
			Waiting.line(fleet, "has ended: left, exit code 0", from);
			Waiting.line(fleet, "replaces the one with pid", from);

			LoadReport report = run.stop();
			System.out.println(report);
			assertThat(report.failures()).as(report.toString()).isEmpty();
			assertThat(report.failed(FailureKind.REFUSED)).as(report.toString()).isZero();
			assertThat(report.failed(FailureKind.TIMEOUT)).as(report.toString()).isZero();
		}
	}

	@Test
	void exitOnTheEventLoopLosesOnlyWhatTheChildHadAccepted() throws Exception {
		FleetProcess fleet = SHARED.get();
		int port = fleet.port();
		try (LoadRun run = LoadClient
			.start(LoadPlan.to(port).path("/slow?ms=20").rate(100).duration(FOR_LONG).build())) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> run.finished() > 100);
			int from = fleet.output().size();
			LoadRun exit = LoadClient.start(LoadPlan.to(port).path("/exit-on-loop").requests(1).build());
			long victim = Long.parseLong(fleet
				.awaitOutput(Pattern.compile("pid (\\d+) leaves, but its event loops wait"), from, Waiting.STOP)
				.group(1));
			Set<Integer> accepted = AcceptedConnections.of(victim, port);
			Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 1, ", from);
			Waiting.line(fleet, "replaces the one with pid " + victim, from);

			LoadReport report = run.stop();
			System.out.println("Accepted: " + accepted.size() + "\n" + report);
			assertThat(exit.await().ok()).isZero();
			assertThat(report.failures()).as(report.toString())
				.allMatch((failure) -> accepted.contains(failure.localPort()));
		}
	}

	private static int status(String method, int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.method(method, BodyPublishers.noBody())
			.timeout(Waiting.STOP)
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

	@Test
	void interruptOfAChildIsIgnored() throws Exception {
		FleetProcess fleet = SHARED.get();
		int port = fleet.port();
		List<Long> children = fleet.childPids();
		for (long child : children) {
			fleet.signal(child, "INT");
			fleet.signal(child, "HUP");
		}
		Waiting.answers(port, 50);
		assertThat(fleet.childPids()).isEqualTo(children);
	}

}
