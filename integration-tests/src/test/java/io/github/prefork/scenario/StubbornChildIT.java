package io.github.prefork.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children that do not end when they are asked to.
 */
class StubbornChildIT {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(4);

	/** Of a fleet that must not wait for it. */
	private static final Duration LONG_GRACE_PERIOD = Duration.ofSeconds(30);

	/** What a fleet would take that waits for one child after the other. */
	private static final Duration TWICE = GRACE_PERIOD.multipliedBy(2);

	private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

	/** What a busy machine may take in addition, if without it there is no end at all. */
	private static final Duration SLACK = Duration.ofSeconds(8);

	private static final Duration POLL = Duration.ofMillis(10);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@ParameterizedTest
	@EnumSource
	void stopWhenChildrenDoNotEndTakesNoLongerThanTheGracePeriod(Way way) throws Exception {
		FleetProcess fleet = stubborn(way.gracePeriod);
		int port = fleet.port();
		fleet.managementPort();
		List<Long> children = fleet.childPids();
		fleet.signal(children.get(1), "STOP");
		AcceptedConnections.ofStopped(children.get(1), port);

		long begin = System.nanoTime();
		way.stop(fleet);
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(way.status);
		assertEnded(fleet, port, begin, way.limit);
		assertThat(Waiting.linesOf(fleet, "replaces the one")).isEmpty();
	}

	@Test
	void terminationOfOneChildWhenItDoesNotEndIsRepairedAtOnceAndKillsItInTime() throws Exception {
		FleetProcess fleet = stubborn(GRACE_PERIOD);
		fleet.port();
		long victim = fleet.childPids().get(0);
		int from = fleet.output().size();
		long begin = System.nanoTime();
		fleet.signal(victim, "TERM");
		Waiting.line(fleet, "\\) launched", from);
		assertThat(fleet.childPids()).contains(victim);
		Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 137", from);
		Duration taken = Duration.ofNanos(System.nanoTime() - begin);
		System.out.println("Killed after " + taken.toMillis() + " ms");
		// Once for its siblings to take over, once for what is in flight
		assertThat(taken).isLessThan(GRACE_PERIOD.multipliedBy(2).plus(SLACK));
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
	}

	@Test
	void terminationWhenAHookHasAbortedTakesNoLongerThanTheAbort() throws Exception {
		FleetProcess fleet = stubborn(GRACE_PERIOD, "--faulty.hook=ChildRecovered");
		int port = fleet.port();
		fleet.signal(fleet.childPids().get(1), "KILL");
		Waiting.line(fleet, "The fleet has to stop: A listener of ChildRecovered", 0);
		long begin = System.nanoTime();
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
		assertEnded(fleet, port, begin, TWICE);
	}

	@Test
	void killOfTheMasterWhenAChildDoesNotEndHaltsItAfterTheDrainTimeout() throws Exception {
		FleetProcess fleet = faulty("--prefork.children=2", "--faulty.stuck-bean=0");
		fleet.port();
		List<Long> children = fleet.childPids();
		long begin = System.nanoTime();
		fleet.signal(fleet.pid(), "KILL");
		Awaitility.await()
			.atMost(Waiting.STOP)
			.pollInterval(POLL)
			.until(() -> !fleet.livePids().contains(children.get(1)));
		System.out.println("Idle child gone after " + millisSince(begin) + " ms");
		fleet.awaitNoProcess(Waiting.STOP);
		Duration taken = Duration.ofNanos(System.nanoTime() - begin);
		System.out.println("Hung child gone after " + taken.toMillis() + " ms");
		assertThat(taken).isBetween(DRAIN_TIMEOUT, DRAIN_TIMEOUT.plusSeconds(1).plus(SLACK));
		assertThat(fleet.leftBehind()).isEmpty();
	}

	@Test
	void killOfTheMasterWhenAChildIsStoppedLeavesItNoLiveListener() throws Exception {
		FleetProcess fleet = faulty("--prefork.children=2");
		int port = fleet.port();
		List<Long> children = fleet.childPids();
		long stopped = children.get(0);
		fleet.signal(stopped, "STOP");
		AcceptedConnections.ofStopped(stopped, port);
		long begin = System.nanoTime();
		fleet.signal(fleet.pid(), "KILL");
		Awaitility.await()
			.atMost(Waiting.STOP)
			.pollInterval(POLL)
			.until(() -> fleet.livePids().equals(List.of(stopped)));
		System.out.println("Idle child gone after " + millisSince(begin) + " ms");

		FleetProcess next = faulty("--prefork.children=1", "--server.port=" + port);
		assertThat(next.port()).isEqualTo(port);
		LoadReport report = LoadClient.run(LoadPlan.to(port).rate(300).requests(600).build());
		assertThat(report.failures()).as(report.toString()).isEmpty();

		fleet.signal(stopped, "CONT");
		fleet.awaitNoProcess(DRAIN_TIMEOUT.plusSeconds(1).plus(SLACK));
		report = LoadClient.run(LoadPlan.to(port).rate(300).requests(300).build());
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(fleet.leftBehind()).isEmpty();
	}

	private static long millisSince(long nanos) {
		return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
	}

	private FleetProcess stubborn(Duration gracePeriod, String... args) throws IOException {
		return start(gracePeriod, List.of("--prefork.children=2", "--faulty.stuck-bean=0", "--faulty.stuck-hook=0"),
				args);
	}

	private FleetProcess faulty(String... args) throws IOException {
		return start(GRACE_PERIOD, List.of(), args);
	}

	private FleetProcess start(Duration gracePeriod, List<String> first, String... args) throws IOException {
		FleetProcessBuilder builder = this.fleets.mainClass(FaultyApplication.class.getName());
		return builder
			.args("--prefork.shutdown.grace-period=" + gracePeriod, "--prefork.drain.timeout=" + DRAIN_TIMEOUT,
					"--management.endpoints.web.exposure.include=shutdown,metrics",
					"--management.endpoint.shutdown.access=unrestricted")
			.args(first.toArray(String[]::new))
			.args(args)
			.start();
	}

	private static void assertEnded(FleetProcess fleet, int port, long begin, Duration limit) throws IOException {
		fleet.awaitNoProcess(Waiting.STOP);
		Duration taken = Duration.ofNanos(System.nanoTime() - begin);
		System.out.println("Everything gone after " + taken.toMillis() + " ms");
		assertThat(taken).isLessThan(limit);
		assertThat(fleet.leftBehind()).isEmpty();
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(socket.isBound()).isTrue();
		}
	}

	/**
	 * How a fleet is told to stop.
	 */
	private enum Way {

		TERM_TO_THE_GROUP_TWICE(143, GRACE_PERIOD, TWICE) {

			@Override
			void stop(FleetProcess fleet) {
				fleet.signalGroup("TERM");
				Waiting.line(fleet, "Stopping the fleet", 0);
				fleet.signalGroup("TERM");
			}

		},

		INT_TO_THE_GROUP_TWICE(130, LONG_GRACE_PERIOD, LONG_GRACE_PERIOD.dividedBy(2)) {

			@Override
			void stop(FleetProcess fleet) {
				fleet.signalGroup("INT");
				Waiting.line(fleet, "Stopping the fleet", 0);
				fleet.signalGroup("INT");
			}

		},

		CLOSED_CONTEXT(0, GRACE_PERIOD, TWICE) {

			@Override
			void stop(FleetProcess fleet) throws IOException {
				assertThat(fleet.manage("POST", "/actuator/shutdown", null).status()).isEqualTo(200);
			}

		};

		private final int status;

		private final Duration gracePeriod;

		private final Duration limit;

		Way(int status, Duration gracePeriod, Duration limit) {
			this.status = status;
			this.gracePeriod = gracePeriod;
			this.limit = limit;
		}

		abstract void stop(FleetProcess fleet) throws IOException;

	}

}
