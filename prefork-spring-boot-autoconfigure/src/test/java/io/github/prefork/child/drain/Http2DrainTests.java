package io.github.prefork.child.drain;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.http.HttpProtocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerConnections} on connections that speak HTTP/2.
 */
@Timeout(60)
class Http2DrainTests {

	private static final Duration IDLE = Duration.ofMillis(300);

	private final DrainedServer server = new DrainedServer(
			(server) -> server.protocol(HttpProtocol.H2C, HttpProtocol.HTTP11));

	private final ServerConnections connections = this.server.connections();

	private Http2Client client;

	@BeforeEach
	void connect() throws IOException {
		this.client = new Http2Client(new RawClient(this.server.port()));
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.server.close();
	}

	private Http2Client.Frame drain(Duration idleTimeout) throws IOException {
		this.server.drain(idleTimeout);
		assertThat(this.client.next(Http2Client.GOAWAY).number(0)).isEqualTo(Integer.MAX_VALUE);
		return this.client.next(Http2Client.PING);
	}

	private void assertClosed() throws IOException {
		this.client.assertClosed();
		assertThat(this.connections.closed()).succeedsWithin(5, TimeUnit.SECONDS);
	}

	@Test
	void drainWhenThereIsNoStreamSaysSoTwiceAndCloses() throws IOException {
		this.client.next(Http2Client.SETTINGS);
		long begin = System.nanoTime();
		this.client.answer(drain(IDLE));
		assertThat(this.client.next(Http2Client.GOAWAY).number(0)).isZero();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(IDLE);
		assertClosed();
	}

	@Test
	void drainWhenStreamsAreOpenedBeforeTheClientKnowsAnswersThem() throws IOException {
		this.client.get(1, "/slow");
		this.server.awaitSlowRequest();
		Http2Client.Frame ping = drain(Duration.ZERO);
		this.client.get(3, "/quick");
		this.client.awaitResponse(3);
		this.client.answer(ping);
		assertThat(this.client.next(Http2Client.GOAWAY).number(0)).isEqualTo(3);
		this.client.get(5, "/quick");
		this.server.answerSlowRequest();
		this.client.awaitResponse(1);
		assertClosed();
		assertThat(this.connections.requests()).isEqualTo(2);
	}

	@Test
	void drainWhenTheServerSpeaksHttp2AloneGoesAwayToo() throws IOException {
		try (DrainedServer alone = new DrainedServer((server) -> server.protocol(HttpProtocol.H2C));
				Http2Client other = new Http2Client(new RawClient(alone.port()))) {
			other.get(1, "/quick");
			other.awaitResponse(1);
			alone.drain(Duration.ZERO);
			assertThat(other.next(Http2Client.GOAWAY).number(0)).isEqualTo(Integer.MAX_VALUE);
		}
	}

	@Test
	void drainWhenTheClientAnswersNoPingGoesOn() throws IOException {
		this.client.next(Http2Client.SETTINGS);
		drain(IDLE);
		assertThat(this.client.next(Http2Client.GOAWAY).number(0)).isZero();
		assertClosed();
	}

	@Test
	void endWhenEventsAreStreamedEndsTheStreamInOrder() throws IOException {
		this.client.get(1, "/events");
		this.client.next(Http2Client.DATA);
		drain(Duration.ZERO);
		this.connections.end();
		this.client.awaitResponse(1);
		assertClosed();
	}

	@Test
	void endWhenAnotherResponseIsStreamedCutsItOff() throws IOException {
		this.client.get(1, "/download");
		this.client.next(Http2Client.DATA);
		drain(Duration.ZERO);
		this.connections.end();
		while (this.client.hasMore()) {
			assertThat(this.client.next()).matches((frame) -> (frame.flags() & Http2Client.END_STREAM) == 0);
		}
	}

}
