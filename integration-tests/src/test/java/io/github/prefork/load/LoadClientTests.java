package io.github.prefork.load;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadClient}.
 */
@Timeout(20)
class LoadClientTests {

	private static final int PID = 4711;

	private static final String OK_WITH_PID = "HTTP/1.1 200 OK\r\nX-Prefork-Pid: 4711\r\nContent-Length: 2\r\n\r\nok";

	@Test
	void runWhenNewModeOpensConnectionForEachRequest() throws Exception {
		Set<String> requests = ConcurrentHashMap.newKeySet();
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			requests.add(connection.lastRequest());
			connection.write(OK_WITH_PID);
		})) {
			LoadReport report = LoadClient.run(server.plan(ConnectionMode.NEW).requests(20).connections(4).build());
			assertThat(report.ok()).isEqualTo(20);
			assertThat(server.connections()).isEqualTo(20);
			assertThat(requests).singleElement().asString().contains("Connection: close\r\n");
			assertThat(report.outcomes()).allSatisfy((outcome) -> {
				assertThat(outcome.reused()).isFalse();
				assertThat(outcome.localPort()).isPositive();
				assertThat(outcome.pid()).isEqualTo(PID);
				assertThat(outcome.started()).isAfterOrEqualTo(outcome.scheduled()).isBefore(outcome.finished());
			});
			assertThat(report.requestsPerPid()).isEqualTo(Map.of((long) PID, 20L));
		}
	}

	@Test
	void runWhenKeepAliveReusesConnections() throws Exception {
		try (RawServer server = RawServer.answering(RawServer.OK)) {
			LoadReport report = LoadClient
				.run(server.plan(ConnectionMode.KEEP_ALIVE).requests(20).connections(2).build());
			assertThat(report.ok()).isEqualTo(20);
			assertThat(server.connections()).isEqualTo(2);
			assertThat(report.where(RequestOutcome::reused).sent()).isEqualTo(18);
			assertThat(report.closedWhileIdle()).isZero();
		}
	}

	@Test
	void runWhenEchoedComparesTheBody() throws Exception {
		List<String> bodies = List.of("text", "text", "tex", "texT", "text");
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				String body = bodies.get(connection.requests() - 1);
				connection.write("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
			}
		})) {
			LoadReport report = LoadClient.run(server.plan(ConnectionMode.KEEP_ALIVE)
				.method("POST")
				.body("text")
				.echoed()
				.connections(1)
				.requests(5)
				.build());
			assertThat(report.ok()).isEqualTo(3);
			assertThat(report.failed(FailureKind.BAD_PROTOCOL)).isEqualTo(2);
			assertThat(report.failures()).extracting((outcome) -> outcome.failure().message())
				.containsExactly("a body of 3 bytes instead of 4", "byte 3 of the body is another one");
			assertThat(server.connections()).isEqualTo(3);
		}
	}

	@Test
	void runWhenServerSaysCloseOpensAnotherConnection() throws Exception {
		String closing = "HTTP/1.1 200 OK\r\ncOnnection: Foo, Close\r\nContent-Length: 2\r\n\r\nok";
		try (RawServer server = RawServer.answering(closing)) {
			LoadReport report = LoadClient.run(server.one().requests(5).build());
			assertThat(report.ok()).isEqualTo(5);
			assertThat(server.connections()).isEqualTo(5);
			assertThat(report.closedWhileIdle()).isZero();
		}
	}

	@Test
	void runWhenServerClosesIdleConnectionOpensAnotherAndCountsIt() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(RawServer.OK);
		})) {
			LoadReport report = LoadClient.run(server.one().rate(10).requests(3).build());
			assertThat(report.ok()).isEqualTo(3);
			assertThat(report.closedWhileIdle()).isEqualTo(2);
			assertThat(server.connections()).isEqualTo(3);
		}
	}

	@Test
	void runWhenNobodyListensFailsAsRefused() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		LoadReport report = LoadClient.run(LoadPlan.to(port).rate(1000).requests(3).connections(1).build());
		assertThat(report.failureCounts()).isEqualTo(Map.of(new FailureGroup(FailureKind.REFUSED, false, null), 3L));
		assertThat(report.failures()).allSatisfy((failure) -> assertThat(failure.localPort()).isZero());
	}

	@Test
	void runWhenNewConnectionIsResetFailsWithUnknownPid() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.reset();
		})) {
			LoadReport report = LoadClient.run(server.one().requests(1).build());
			assertThat(report.failureCounts()).isEqualTo(Map.of(new FailureGroup(FailureKind.RESET, false, null), 1L));
			assertThat(report.failures().get(0).localPort()).isPositive();
		}
	}

	@Test
	void runWhenReusedConnectionIsResetFailsOnceWithKnownPid() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(OK_WITH_PID);
			connection.readRequest();
			connection.reset();
		})) {
			LoadReport report = LoadClient.run(server.one().requests(3).build());
			assertThat(report.failureCounts())
				.isEqualTo(Map.of(new FailureGroup(FailureKind.RESET, true, (long) PID), 1L));
			assertThat(report.failures().get(0).number()).isEqualTo(1);
			assertThat(server.connections()).isEqualTo(2);
			assertThat(report.excludingPid(PID).sent()).isZero();
			assertThat(report.excludingPid(1).sent()).isEqualTo(3);
			assertThat(report.requestsPerPid()).isEqualTo(Map.of((long) PID, 2L));
		}
	}

	@Test
	void runWhenConnectionEndsBeforeOrAmidTheResponseFailsAsEof() throws Exception {
		List<String> beginnings = List.of("", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(beginnings.get(connection.number()));
		})) {
			LoadReport report = LoadClient.run(server.one().requests(4).build());
			assertThat(report.failureCounts()).isEqualTo(Map.of(new FailureGroup(FailureKind.EOF, false, null), 4L));
			assertThat(report.failures()).extracting(RequestOutcome::status).containsExactly(0, 0, 200, 200);
		}
	}

	@Test
	void runWhenReusedConnectionEndsFailsAsEof() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(OK_WITH_PID);
			connection.readRequest();
		})) {
			LoadReport report = LoadClient.run(server.one().requests(2).build());
			assertThat(report.failureCounts())
				.isEqualTo(Map.of(new FailureGroup(FailureKind.EOF, true, (long) PID), 1L));
		}
	}

	@Test
	void runWhenResponseIsLateFailsAsTimeout() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
			RawServer.hold(end);
		})) {
			LoadReport report = LoadClient.run(server.one().requests(1).timeout(Duration.ofMillis(100)).build());
			assertThat(report.failureCounts())
				.isEqualTo(Map.of(new FailureGroup(FailureKind.TIMEOUT, false, null), 1L));
			assertThat(report.failures().get(0).latency()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void runWhenServerDoesNotReadFailsAsTimeout() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> RawServer.hold(end))) {
			LoadReport report = LoadClient.run(server.one()
				.requests(1)
				.method("POST")
				.body("x".repeat(16 << 20))
				.timeout(Duration.ofMillis(200))
				.build());
			assertThat(report.failed(FailureKind.TIMEOUT)).isEqualTo(1);
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void runWhenStatusIsNotSuccessKeepsTheConnection() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")) {
			LoadReport report = LoadClient.run(server.one().requests(2).build());
			assertThat(report.failureCounts()).isEqualTo(Map.of(new FailureGroup(FailureKind.BAD_STATUS, false, null),
					1L, new FailureGroup(FailureKind.BAD_STATUS, true, null), 1L));
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void runWhenResponseIsNotHttpFailsAsBadProtocol() throws Exception {
		List<String> responses = List.of("SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more");
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				connection.write(responses.get(connection.number()));
			}
		})) {
			LoadReport report = LoadClient.run(server.one().requests(7).build());
			assertThat(report.failed(FailureKind.BAD_PROTOCOL)).isEqualTo(6);
			assertThat(report.failures().get(5).reused()).isTrue();
		}
	}

	@Test
	void runWhenBodyIsChunkedOrAbsentFindsItsEnd() throws Exception {
		List<String> responses = List.of(
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n",
				"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n" + RawServer.OK, RawServer.OK);
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				connection.write(responses.get(connection.requests() - 1));
			}
		})) {
			LoadReport report = LoadClient.run(server.one().requests(4).build());
			assertThat(report.failures()).isEmpty();
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void runWhenBodyHasNoLengthReadsToTheEnd() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
		})) {
			LoadReport report = LoadClient.run(server.one().requests(2).build());
			assertThat(report.failures()).isEmpty();
			assertThat(report.closedWhileIdle()).isZero();
		}
	}

	@Test
	void runWhenBodyIsGivenSendsIt() throws Exception {
		Set<String> requests = ConcurrentHashMap.newKeySet();
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			requests.add(connection.lastRequest());
			connection.write(RawServer.OK);
		})) {
			LoadClient.run(server.one().requests(1).method("POST").path("/echo?a=b").body("h\u00e9llo").build());
			assertThat(requests).singleElement()
				.asString()
				.startsWith("POST /echo?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
				.contains("Content-Length: 6\r\n")
				.endsWith("\r\n\r\nh\u00e9llo");
		}
	}

}
