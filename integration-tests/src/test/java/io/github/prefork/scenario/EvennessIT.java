package io.github.prefork.scenario;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Collections;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How connections spread over the children.
 */
class EvennessIT {

	private static final int ROUNDS = 3;

	private static final int MOST = 600;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void newConnectionsWhenReuseportSpreadEvenly() throws Exception {
		FleetProcess fleet = warm("reuseport");
		LoadReport report = connections(fleet, 1000);
		// On a machine that has other work too, siblings help one that has to wait for a
		// processor; mostly that does not last
		for (int i = 1; i < ROUNDS && busiest(report) >= MOST; i++) {
			report = connections(fleet, 1000);
		}
		assertEveryChildAnswers(report);
		assumeThat(busiest(report) < MOST || !isBusy()).as("a machine with time for every child: " + report).isTrue();
		assertThat(busiest(report)).as(report.toString()).isLessThan(MOST);
	}

	@Test
	void newConnectionsWhenSharedReachEveryChild() throws Exception {
		assertEveryChildAnswers(connections(warm("shared"), 600));
	}

	private static void assertEveryChildAnswers(LoadReport report) {
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(report.requestsPerPid()).as(report.toString()).hasSize(2);
	}

	// More than the children of this test and their clients can be the reason for
	private static boolean isBusy() {
		OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		return system.getSystemLoadAverage() > 2 * system.getAvailableProcessors();
	}

	private static long busiest(LoadReport report) {
		return Collections.max(report.requestsPerPid().values());
	}

	private FleetProcess warm(String mode) throws IOException, InterruptedException {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2", "--prefork.listener=" + mode).start();
		// Siblings help a child that is slow because its JVM is cold
		LoadClient.run(LoadPlan.to(fleet.port()).rate(200).connections(8).requests(600).build());
		return fleet;
	}

	private static LoadReport connections(FleetProcess fleet, int count) throws InterruptedException {
		return LoadClient.run(LoadPlan.to(fleet.port()).rate(200).connections(8).requests(count).build());
	}

}
