package io.github.prefork.scenario;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.FailureKind;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.load.RequestOutcome;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see of the final stop of a fleet, which half of them keep their
 * connections.
 */
final class FinalStop implements AutoCloseable {

	private static final int UNDER_WAY = 50;

	private final LoadRun fresh;

	private final LoadRun kept;

	/**
	 * Start the load, 300 requests per second, and wait until it is under way.
	 * @param port the port of the fleet
	 */
	FinalStop(int port) {
		this.fresh = start(port, ConnectionMode.NEW);
		this.kept = start(port, ConnectionMode.KEEP_ALIVE);
		Awaitility.await()
			.atMost(Waiting.STOP)
			.until(() -> this.fresh.finished() > UNDER_WAY && this.kept.finished() > UNDER_WAY);
	}

	private static LoadRun start(int port, ConnectionMode mode) {
		return LoadClient.start(
				LoadPlan.to(port).path("/slow?ms=50").mode(mode).rate(150).connections(32).requests(100_000).build());
	}

	/**
	 * Check what the clients have seen, after the stop.
	 * @return the figures
	 * @throws InterruptedException if interrupted
	 */
	String check() throws InterruptedException {
		Awaitility.await().atMost(Waiting.STOP).until(() -> isRefused(this.fresh) && isRefused(this.kept));
		List<LoadReport> reports = List.of(this.fresh.stop(), this.kept.stop());
		String text = Arrays.toString(reports.toArray());
		List<RequestOutcome> outcomes = reports.stream().flatMap((report) -> report.outcomes().stream()).toList();
		List<RequestOutcome> refused = outcomes.stream()
			.filter((outcome) -> outcome.failedWith(FailureKind.REFUSED))
			.toList();
		List<RequestOutcome> lost = outcomes.stream()
			.filter((outcome) -> !outcome.ok() && !outcome.failedWith(FailureKind.REFUSED))
			.toList();
		Instant end = refused.stream().map(RequestOutcome::finished).min(Instant::compareTo).orElseThrow();
		// It came between the last look into the queue and the end of the listener. A
		// child answers what it has accepted
		assertThat(lost).as(text).hasSizeLessThanOrEqualTo(1).allSatisfy((outcome) -> {
			assertThat(outcome.failedWith(FailureKind.RESET)).isTrue();
			assertThat(outcome.reused()).isFalse();
			assertThat(outcome.started()).isBeforeOrEqualTo(end);
		});
		// The listeners have ended for good
		assertThat(outcomes).as(text)
			.filteredOn((outcome) -> !outcome.reused() && outcome.started().isAfter(end))
			.allSatisfy((outcome) -> assertThat(outcome.failedWith(FailureKind.REFUSED)).isTrue());
		return "%d answered, %d reset, %d refused".formatted(outcomes.stream().filter(RequestOutcome::ok).count(),
				lost.size(), refused.size());
	}

	private static boolean isRefused(LoadRun run) {
		return run.report().failed(FailureKind.REFUSED) > 0;
	}

	@Override
	public void close() {
		this.fresh.close();
		this.kept.close();
	}

}
