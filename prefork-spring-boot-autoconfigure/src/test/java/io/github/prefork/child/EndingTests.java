package io.github.prefork.child;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.prefork.child.drain.DrainedServer;
import io.github.prefork.child.drain.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Ending}.
 */
@Timeout(60)
class EndingTests {

	private static final Duration DRAIN = Duration.ofMillis(600);

	private final FakeChildChannel channel = new FakeChildChannel(DRAIN.toMillis());

	private final FakeExit exit = new FakeExit();

	private final DrainedServer server = new DrainedServer(UnaryOperator.identity());

	private final Ending ending = new Ending("test", this.channel,
			new ServerListeners(this.channel, this.server.connections()), this.server.connections(), this.exit);

	@AfterEach
	void close() {
		this.server.close();
		this.channel.close();
	}

	@Test
	void exitWhenRequestIsInFlightWaitsForIt() throws Exception {
		try (RawClient client = new RawClient(this.server.port())) {
			client.get("/slow");
			this.server.awaitSlowRequest();
			this.ending.exit();
			CompletableFuture<Void> finished = CompletableFuture.runAsync(this.ending::finish);
			assertThat(this.exit.calls()).isEmpty();
			assertThat(finished).isNotDone();
			this.server.answerSlowRequest();
			assertThat(client.response()).endsWith("slow");
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("exit 0"));
		// The close of the application context waits for the same
		this.ending.finish();
	}

	@Test
	void finishWhenRequestTakesTooLongCutsItOffAtTheDrainTimeout() throws Exception {
		try (RawClient client = new RawClient(this.server.port())) {
			client.get("/slow");
			this.server.awaitSlowRequest();
			long begin = System.nanoTime();
			this.ending.finish();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(DRAIN, DRAIN.multipliedBy(5));
			assertThat(client.rest()).isEmpty();
			assertThat(this.server.connections().closed()).succeedsWithin(5, TimeUnit.SECONDS);
		}
	}

	@Test
	void finishWhenConnectionIsIdleClosesItAfterTheIdleTimeout() throws Exception {
		this.ending.idleTimeout(Duration.ofMillis(100));
		try (RawClient client = new RawClient(this.server.port())) {
			client.get("/quick");
			client.response();
			long begin = System.nanoTime();
			this.ending.finish();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(100), DRAIN);
			assertThat(client.rest()).isEmpty();
		}
	}

	@Test
	void exitOrHaltWhenRequestTakesTooLongCutsItOffAndExitsInTime() throws Exception {
		try (RawClient client = new RawClient(this.server.port())) {
			client.get("/slow");
			this.server.awaitSlowRequest();
			CompletableFuture<Void> first = new CompletableFuture<>();
			this.ending.exitOrHalt(false, () -> first.complete(null));
			assertThat(client.rest()).isEmpty();
			assertThat(first).isCompleted();
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("exit 0", "halt 1"));
	}

}
