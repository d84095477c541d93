package io.github.prefork.scenario;

import java.time.Duration;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.FailureKind;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child ends by itself, in order.
 */
class LeavingChildIT {

	private static final int TIMES = 2;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void terminationOfOneChildUnderLoadRefusesNobodyAndIsRepaired() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.port();
		Waiting.warmUp(port);
		try (LoadRun run = LoadClient.start(LoadPlan.to(port)
			.path("/slow?ms=20")
			.rate(150)
			.connections(32)
			.duration(Duration.ofMinutes(5))
			.build())) {
			for (int i = 0; i < TIMES; i++) {
				long victim = fleet.childPids().get(0);
				int from = fleet.output().size();
				fleet.signal(victim, "TERM");
				Waiting.line(fleet, "replaces the one with pid " + victim, from);
				Waiting.line(fleet, "pid " + victim + "\\) has ended: left, exit code 143", from);
			}
			LoadReport report = run.stop();
			System.out.println(report);
			// Reactor Netty's graceful stop closes a connection whose request it has not
			// read yet
			assertThat(report.failures()).as(report.toString()).hasSizeLessThanOrEqualTo(1);
			assertThat(report.failed(FailureKind.REFUSED)).as(report.toString()).isZero();
			assertThat(report.failed(FailureKind.TIMEOUT)).as(report.toString()).isZero();
		}
	}

	@Test
	void interruptOfAChildIsIgnored() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=1").start();
		int port = fleet.port();
		long child = fleet.childPids().get(0);
		fleet.signal(child, "INT");
		fleet.signal(child, "HUP");
		Waiting.answers(port, 50);
		assertThat(fleet.childPids()).containsExactly(child);
	}

}
