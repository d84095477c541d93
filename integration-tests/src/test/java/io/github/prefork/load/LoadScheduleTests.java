package io.github.prefork.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how {@link LoadClient} keeps to its schedule.
 */
@Timeout(20)
class LoadScheduleTests {

	@Test
	void runWhenRequestIsHeldDelaysNoOther() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				if (connection.number() == 0) {
					RawServer.hold(end);
				}
				connection.write(RawServer.OK);
			}
		});
				LoadRun run = LoadClient
					.start(server.plan(ConnectionMode.KEEP_ALIVE).rate(200).requests(40).connections(3).build())) {
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> run.finished() == 39);
			LoadReport others = run.report();
			end.countDown();
			LoadReport all = run.await();
			assertThat(all.ok()).isEqualTo(40);
			assertThat(all.latencies().max()).isGreaterThan(Duration.ofMillis(150))
				.isGreaterThan(others.latencies().max());
			assertThat(others.latencies().p50()).isLessThan(Duration.ofMillis(150));
		}
	}

	@Test
	void runWhenNoConnectionIsFreeMeasuresFromTheScheduledStart() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				RawServer.hold(end);
				connection.write(RawServer.OK);
			}
		}); LoadRun run = LoadClient.start(server.one().rate(100).requests(5).build())) {
			Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> run.report().unsent() == 4);
			end.countDown();
			LoadReport report = run.await();
			assertThat(report.ok()).isEqualTo(5);
			assertThat(report.unsent()).isZero();
			RequestOutcome last = report.outcomes().get(4);
			assertThat(last.latency()).isGreaterThan(Duration.ofMillis(200));
			assertThat(Duration.between(last.scheduled(), last.started())).isGreaterThan(Duration.ofMillis(200));
			assertThat(Duration.between(report.outcomes().get(0).scheduled(), last.scheduled()))
				.isEqualTo(Duration.ofMillis(40));
		}
	}

	@Test
	void runWhenServerHangsEndsAndCountsWhatWasNeverSent() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> RawServer.hold(end))) {
			LoadReport report = LoadClient
				.run(server.one().rate(1000).requests(100).timeout(Duration.ofMillis(150)).build());
			assertThat(report.failed(FailureKind.TIMEOUT)).isEqualTo(report.sent()).isBetween(1L, 5L);
			assertThat(report.unsent()).isEqualTo(100 - report.sent());
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void stopWhenUnderWayEndsEarlyWithoutFailure() throws Exception {
		try (RawServer server = RawServer.answering(RawServer.OK);
				LoadRun run = LoadClient
					.start(server.plan(ConnectionMode.KEEP_ALIVE).rate(100).duration(Duration.ofHours(1)).build())) {
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> run.finished() >= 3);
			LoadReport report = run.stop();
			assertThat(report.failures()).isEmpty();
			assertThat(report.unsent()).isZero();
			assertThat(report.sent()).isBetween(3L, 1000L);
		}
	}

	@Test
	void closeWhenRequestIsHeldAbortsIt() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			held.countDown();
			RawServer.hold(end);
		})) {
			LoadRun run = LoadClient.start(server.one().requests(10).timeout(Duration.ofHours(1)).build());
			assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();
			run.close();
			assertThat(run.report().failed(FailureKind.OTHER)).isEqualTo(1);
		}
		finally {
			end.countDown();
		}
	}

}
