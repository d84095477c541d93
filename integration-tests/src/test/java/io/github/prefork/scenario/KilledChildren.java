package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.load.FailureKind;
import io.github.prefork.load.LoadReport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills children under load, and knows which connections they had accepted: only requests
 * on these may fail.
 */
final class KilledChildren {

	private final Set<Integer> accepted = new HashSet<>();

	/**
	 * Kill a child and wait until another one is ready in its slot.
	 * @param fleet its fleet
	 * @param victim its process id
	 * @return the time from the signal until as many children were ready as before
	 * @throws IOException if what it had accepted cannot be read
	 */
	Duration kill(FleetProcess fleet, long victim) throws IOException {
		int from = fleet.output().size();
		// Stopped only for as long as it takes to see what it has accepted
		fleet.signal(victim, "STOP");
		this.accepted.addAll(AcceptedConnections.ofStopped(victim, fleet.port()));
		long begin = System.nanoTime();
		fleet.signal(victim, "KILL");
		Waiting.line(fleet, "replaces the one with pid " + victim, from);
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/**
	 * Check that no request has failed but those that a child had accepted when it was
	 * killed.
	 * @param report on all requests
	 */
	void assertOnlyTheirRequestsFailed(LoadReport report) {
		assertThat(report.failed(FailureKind.REFUSED)).as(report.toString()).isZero();
		assertThat(report.failed(FailureKind.TIMEOUT)).as(report.toString()).isZero();
		assertThat(report.failures()).as(report.toString())
			.allMatch((failure) -> this.accepted.contains(failure.localPort()));
	}

}
