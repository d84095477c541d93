package io.github.prefork.scenario;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How connections spread over the children.
 */
class EvennessIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void newConnectionsWhenReuseportSpreadEvenly() throws Exception {
		LoadReport report = thousandConnections("reuseport");
		Map<Long, Long> answers = report.requestsPerPid();
		assertThat(Collections.max(answers.values())).as(report.toString()).isLessThan(600);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reuseport", "shared" })
	void everyChildAnswers(String mode) throws Exception {
		LoadReport report = thousandConnections(mode);
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(report.requestsPerPid()).as(report.toString()).hasSize(2);
	}

	private LoadReport thousandConnections(String mode) throws IOException, InterruptedException {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2", "--prefork.listener=" + mode).start();
		// Siblings help a child that is slow because its JVM is cold
		LoadClient.run(LoadPlan.to(fleet.port()).rate(200).connections(8).requests(600).build());
		return LoadClient.run(LoadPlan.to(fleet.port()).rate(200).connections(8).requests(1000).build());
	}

}
