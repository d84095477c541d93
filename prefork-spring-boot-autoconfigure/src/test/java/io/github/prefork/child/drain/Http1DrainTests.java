package io.github.prefork.child.drain;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerConnections} on connections that speak HTTP/1.
 */
@Timeout(60)
class Http1DrainTests {

	private static final Duration IDLE = Duration.ofMillis(400);

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final String CLOSE = "connection: close\r\n";

	private final DrainedServer server = new DrainedServer(UnaryOperator.identity());

	private final ServerConnections connections = this.server.connections();

	private volatile WebSocketCloseStatus status;

	@AfterEach
	void close() {
		this.server.close();
	}

	private RawClient connect() throws IOException {
		return new RawClient(this.server.port());
	}

	private RawClient connectAndUse() throws IOException {
		RawClient client = connect();
		client.get("/quick");
		assertThat(client.response()).endsWith("quick").doesNotContain("connection:");
		return client;
	}

	private void assertAllClosed() {
		assertThat(this.connections.closed()).succeedsWithin(5, TimeUnit.SECONDS);
		assertThat(this.connections.connections()).isZero();
	}

	@Test
	void drainWhenRequestIsInFlightClosesAfterItsResponse() throws IOException {
		try (RawClient client = connect()) {
			client.get("/slow");
			this.server.awaitSlowRequest();
			this.server.drain(Duration.ZERO);
			this.server.answerSlowRequest();
			assertThat(client.response()).contains(CLOSE).endsWith("slow");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
		assertThat(this.connections.requests()).isEqualTo(1);
	}

	@Test
	void drainWhenConnectionIsIdleAnswersARequestOnItsWay() throws IOException {
		try (RawClient used = connectAndUse(); RawClient fresh = connect()) {
			Awaitility.await().until(() -> this.connections.connections() == 2);
			this.server.drain(LONG);
			used.get("/quick");
			assertThat(used.response()).contains(CLOSE).endsWith("quick");
			assertThat(used.rest()).isEmpty();
			fresh.get("/quick");
			assertThat(fresh.response()).contains(CLOSE).endsWith("quick");
			assertThat(fresh.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenConnectionsStayIdleClosesThemAfterTheTimeout() throws IOException {
		try (RawClient used = connectAndUse(); RawClient fresh = connect()) {
			Awaitility.await().until(() -> this.connections.connections() == 2);
			long begin = System.nanoTime();
			this.server.drain(IDLE);
			assertThat(used.rest()).isEmpty();
			assertThat(fresh.rest()).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(IDLE);
		}
		assertAllClosed();
	}

	@Test
	void drainWhenConnectionIsAcceptedLaterDrainsItToo() throws IOException {
		this.server.drain(LONG);
		try (RawClient client = connectAndRequest()) {
			assertThat(client.response()).contains(CLOSE).endsWith("quick");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	private RawClient connectAndRequest() throws IOException {
		RawClient client = connect();
		client.get("/quick");
		return client;
	}

	@Test
	void drainWhenClientSpeaksHttp10ClosesAfterTheResponse() throws IOException {
		String request = "GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
		try (RawClient client = connect()) {
			client.send(request);
			assertThat(client.response()).endsWith("old").contains("connection: keep-alive\r\n");
			this.server.drain(LONG);
			client.send(request);
			assertThat(client.response()).contains(CLOSE).endsWith("old");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenClientClosesItselfAnswers() throws IOException {
		try (RawClient client = connect()) {
			this.server.drain(LONG);
			client.send("GET /quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(client.response()).contains(CLOSE).endsWith("quick");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenRequestsArePipelinedAnswersAllAndClosesAfterTheLast() throws IOException {
		try (RawClient client = connectAndUse()) {
			this.server.drain(LONG);
			client.send(RawClient.request("/quick").repeat(200));
			for (int count = 1; count < 200; count++) {
				assertThat(client.response()).endsWith("quick").doesNotContain(CLOSE);
			}
			assertThat(client.response()).contains(CLOSE).endsWith("quick");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenARequestWaitsInTheSocketAnswersItToo() throws IOException {
		try (RawClient client = connect()) {
			client.get("/slow");
			this.server.awaitSlowRequest();
			client.get("/quick");
			this.server.drain(Duration.ZERO);
			this.server.answerSlowRequest();
			assertThat(client.response()).endsWith("slow").doesNotContain(CLOSE);
			assertThat(client.response()).contains(CLOSE).endsWith("quick");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenARequestHasBegunWaitsForTheRestOfIt() throws Exception {
		try (RawClient client = connectAndUse(); RawClient idle = connect()) {
			client.send("GET /quick HTT");
			Awaitility.await().until(() -> this.connections.connections() == 2);
			this.server.drain(IDLE);
			assertThat(idle.rest()).isEmpty();
			client.send("P/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.response()).contains(CLOSE).endsWith("quick");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenTheClientStillSendsDoesNotResetTheConnection() throws Exception {
		try (RawClient client = connect()) {
			this.server.drain(LONG);
			client.send("POST /early HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
			for (int count = 0; count < 30; count++) {
				client.send(new byte[100_000]);
			}
			assertThat(client.response()).contains(CLOSE).endsWith("e".repeat(200_000));
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenResponseHasBegunClosesTheConnectionWhenItIsIdle() throws Exception {
		try (RawClient client = connect()) {
			client.get("/events");
			client.head();
			this.server.drain(Duration.ZERO);
			assertThat(this.connections.closed()).isNotCompleted();
			assertThat(client.input().readNBytes(200)).hasSize(200);
		}
		assertAllClosed();
	}

	@Test
	void endWhenEventsAreStreamedEndsTheStreamInOrder() throws Exception {
		try (RawClient client = connect()) {
			client.get("/events");
			assertThat(client.head()).contains("transfer-encoding: chunked");
			assertThat(client.input().readNBytes(50)).asString().contains("data: event\n\n");
			this.server.drain(LONG);
			this.connections.end();
			assertThat(client.rest()).endsWith("\n\r\n0\r\n\r\n");
		}
		assertAllClosed();
	}

	@Test
	void endWhenAnotherResponseIsStreamedCutsItOff() throws Exception {
		try (RawClient client = connect()) {
			client.get("/download");
			client.head();
			this.server.drain(LONG);
			this.connections.end();
			assertThat(client.rest()).doesNotContain("\r\n0\r\n\r\n");
		}
		assertAllClosed();
	}

	@Test
	void endWhenRequestHasNoResponseClosesTheConnection() throws Exception {
		try (RawClient client = connect()) {
			client.get("/slow");
			this.server.awaitSlowRequest();
			this.server.drain(LONG);
			this.connections.end();
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void endWhenWebSocketIsOpenSaysThatTheServerGoesAway() {
		Mono<WebSocketCloseStatus> closed = HttpClient.create()
			.websocket()
			.uri("ws://127.0.0.1:" + this.server.port() + "/socket")
			.handle((in, out) -> out.sendString(Mono.just("hello"))
				.then(in.receive().asString().doOnNext((echo) -> leave()).then())
				.then(in.receiveCloseStatus().doOnNext(this::remember).then()))
			.then(Mono.fromSupplier(() -> this.status));
		assertThat(closed.block(Duration.ofSeconds(20))).isNotNull()
			.extracting(WebSocketCloseStatus::code)
			.isEqualTo(1001);
		assertAllClosed();
	}

	private void remember(WebSocketCloseStatus status) {
		this.status = status;
	}

	private void leave() {
		this.connections.drain(Duration.ZERO);
		this.connections.end();
	}

}
