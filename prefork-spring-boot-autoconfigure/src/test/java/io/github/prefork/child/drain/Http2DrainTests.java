package io.github.prefork.child.drain;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

	private static final int DATA = 0;

	private static final int HEADERS = 1;

	private static final int SETTINGS = 4;

	private static final int PING = 6;

	private static final int GOAWAY = 7;

	private static final int ACK = 1;

	private static final int END_STREAM = 1;

	private static final int END_HEADERS = 4;

	private static final Duration IDLE = Duration.ofMillis(300);

	private final DrainedServer server = new DrainedServer(
			(server) -> server.protocol(HttpProtocol.H2C, HttpProtocol.HTTP11));

	private final ServerConnections connections = this.server.connections();

	private RawClient client;

	@BeforeEach
	void connect() throws IOException {
		this.client = new RawClient(this.server.port());
		this.client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
		send(SETTINGS, 0, 0, new byte[0]);
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.server.close();
	}

	private void send(int type, int flags, int stream, byte[] payload) throws IOException {
		this.client.send(ByteBuffer.allocate(9 + payload.length)
			.put((byte) 0)
			.putShort((short) payload.length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array());
	}

	private void get(int stream, String path) throws IOException {
		// Indexed fields for GET and http, the path and the authority as literals
		send(HEADERS, END_STREAM | END_HEADERS, stream,
				ByteBuffer.allocate(7 + path.length())
					.put(new byte[] { (byte) 0x82, (byte) 0x86, 0x04, (byte) path.length() })
					.put(path.getBytes())
					.put(new byte[] { 0x01, 0x01, 'h' })
					.array());
	}

	private Frame next(int type) throws IOException {
		Frame frame = Frame.read(this.client.input());
		while (frame.type() != type || (type == SETTINGS && frame.flags() == ACK)) {
			frame = Frame.read(this.client.input());
		}
		return frame;
	}

	private Frame drain(Duration idleTimeout) throws IOException {
		this.server.drain(idleTimeout);
		assertThat(next(GOAWAY).number(0)).isEqualTo(Integer.MAX_VALUE);
		return next(PING);
	}

	private void answer(Frame ping) throws IOException {
		send(PING, ACK, 0, ping.payload());
	}

	private void awaitResponse(int stream) throws IOException {
		Frame frame = next(DATA);
		while ((frame.flags() & END_STREAM) == 0) {
			assertThat(frame.stream()).isEqualTo(stream);
			frame = next(DATA);
		}
	}

	private void assertClosed() throws IOException {
		List<Frame> rest = new ArrayList<>();
		while (this.client.input().available() > 0) {
			rest.add(Frame.read(this.client.input()));
		}
		assertThat(this.client.rest()).isEmpty();
		this.client.close();
		assertThat(this.connections.closed()).succeedsWithin(5, TimeUnit.SECONDS);
	}

	@Test
	void drainWhenThereIsNoStreamSaysSoTwiceAndCloses() throws IOException {
		next(SETTINGS);
		long begin = System.nanoTime();
		answer(drain(IDLE));
		assertThat(next(GOAWAY).number(0)).isZero();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(IDLE);
		assertClosed();
	}

	@Test
	void drainWhenStreamsAreOpenedBeforeTheClientKnowsAnswersThem() throws IOException {
		get(1, "/slow");
		this.server.awaitSlowRequest();
		Frame ping = drain(Duration.ZERO);
		get(3, "/quick");
		awaitResponse(3);
		answer(ping);
		assertThat(next(GOAWAY).number(0)).isEqualTo(3);
		get(5, "/quick");
		this.server.answerSlowRequest();
		awaitResponse(1);
		assertClosed();
		assertThat(this.connections.requests()).isEqualTo(2);
	}

	@Test
	void drainWhenTheClientAnswersNoPingGoesOn() throws IOException {
		next(SETTINGS);
		drain(IDLE);
		assertThat(next(GOAWAY).number(0)).isZero();
		assertClosed();
	}

	@Test
	void endWhenEventsAreStreamedEndsTheStreamInOrder() throws IOException {
		get(1, "/events");
		next(DATA);
		drain(Duration.ZERO);
		this.connections.end();
		awaitResponse(1);
		assertClosed();
	}

	@Test
	void endWhenAnotherResponseIsStreamedCutsItOff() throws IOException {
		get(1, "/download");
		next(DATA);
		drain(Duration.ZERO);
		this.connections.end();
		while (this.client.input().available() > 0) {
			assertThat(Frame.read(this.client.input())).matches((frame) -> (frame.flags() & END_STREAM) == 0);
		}
	}

	/**
	 * A frame from the server.
	 *
	 * @param type the type
	 * @param flags the flags
	 * @param stream the stream that it belongs to
	 * @param payload the payload
	 */
	private record Frame(int type, int flags, int stream, byte[] payload) {

		static Frame read(DataInputStream input) throws IOException {
			int length = (input.readUnsignedByte() << 16) + input.readUnsignedShort();
			int type = input.readUnsignedByte();
			int flags = input.readUnsignedByte();
			int stream = input.readInt();
			byte[] payload = new byte[length];
			input.readFully(payload);
			return new Frame(type, flags, stream, payload);
		}

		int number(int offset) {
			return ByteBuffer.wrap(this.payload).getInt(offset);
		}

	}

}
