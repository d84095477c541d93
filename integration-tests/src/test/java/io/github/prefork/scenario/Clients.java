package io.github.prefork.scenario;

import java.time.Duration;

import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadPlanBuilder;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kinds of clients that must not lose a request while children are replaced.
 */
enum Clients {

	/** A connection for each request. */
	NEW {

		@Override
		Load start(int port, int rate) {
			return new Http1(plan(port, rate).mode(ConnectionMode.NEW).build());
		}

	},

	/** Connections are used again until the server says that it closes them. */
	KEEP_ALIVE {

		@Override
		Load start(int port, int rate) {
			return new Http1(plan(port, rate).mode(ConnectionMode.KEEP_ALIVE).build());
		}

	},

	/** A few connections with many streams; needs {@code server.http2.enabled}. */
	HTTP2 {

		@Override
		Load start(int port, int rate) {
			return new Http2(new Http2Load("http://127.0.0.1:" + port + PATH, Duration.ofSeconds(1).dividedBy(rate)));
		}

	},

	/**
	 * As puma tests itself: 10 threads that send 300 requests of 16 KB each, whose echo
	 * is compared. The ordinary build sends only what there is time for.
	 */
	POSTS {

		@Override
		Load start(int port, int rate) {
			return new Posts(LoadClient.start(LoadPlan.to(port)
				.method("POST")
				.path("/echo")
				.body("0123456789abcdef".repeat(1024))
				.echoed()
				.mode(ConnectionMode.KEEP_ALIVE)
				.rate(Math.min(rate, 30))
				.connections(10)
				.requests(3000)
				.build()));
		}

	};

	private static final String PATH = "/slow?ms=5";

	private static final Duration FOR_LONG = Duration.ofMinutes(20);

	/**
	 * Start to load a fleet.
	 * @param port its port
	 * @param rate the requests per second
	 * @return the load, to be stopped and closed
	 */
	abstract Load start(int port, int rate);

	private static LoadPlanBuilder plan(int port, int rate) {
		return LoadPlan.to(port).path(PATH).rate(rate).connections(32).duration(FOR_LONG);
	}

	/**
	 * Load that is under way.
	 */
	interface Load extends AutoCloseable {

		/**
		 * Count the requests that have ended so far.
		 * @return the number of requests
		 */
		long finished();

		/**
		 * Wait for what is in flight, and check that no request has failed.
		 * @return the figures
		 * @throws InterruptedException if interrupted
		 */
		String stop() throws InterruptedException;

		@Override
		void close();

	}

	private record Http1(LoadPlan plan, LoadRun run) implements Load {

		Http1(LoadPlan plan) {
			this(plan, LoadClient.start(plan));
		}

		@Override
		public long finished() {
			return this.run.finished();
		}

		@Override
		public String stop() throws InterruptedException {
			LoadReport report = this.run.stop();
			System.out.println(report);
			assertThat(report.failures()).as(report.toString()).isEmpty();
			return "%s %d requests, %d failed, p99 %d ms".formatted(this.plan.mode(), report.sent(),
					report.failures().size(), report.latencies().p99().toMillis());
		}

		@Override
		public void close() {
			this.run.close();
		}

	}

	private record Posts(LoadRun run) implements Load {

		@Override
		public long finished() {
			return this.run.finished();
		}

		@Override
		public String stop() throws InterruptedException {
			long meanwhile = finished();
			LoadReport report = (Scenario.full()) ? this.run.await() : this.run.stop();
			System.out.println(report);
			assertThat(report.failures()).as(report.toString()).isEmpty();
			if (Scenario.full()) {
				assertThat(report.ok()).as(report.toString()).isEqualTo(3000).isGreaterThan(meanwhile);
			}
			return "posts of 16 KB: %d of %d answered, %d of them meanwhile".formatted(report.ok(), report.sent(),
					meanwhile);
		}

		@Override
		public void close() {
			this.run.close();
		}

	}

	private record Http2(Http2Load load) implements Load {

		@Override
		public long finished() {
			return this.load.finished();
		}

		@Override
		public String stop() {
			this.load.stop();
			System.out.println(this.load);
			assertThat(this.load.failures()).isEmpty();
			return "HTTP/2 %d streams, %d failed, %d times a connection acquired again".formatted(this.load.finished(),
					this.load.failures().size(), this.load.acquiredAgain());
		}

		@Override
		public void close() {
			this.load.close();
		}

	}

}
