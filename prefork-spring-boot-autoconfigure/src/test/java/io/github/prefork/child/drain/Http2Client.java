package io.github.prefork.child.drain;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sends exactly the frames that it is told, and reads what comes.
 */
final class Http2Client implements AutoCloseable {

	static final int DATA = 0;

	static final int HEADERS = 1;

	static final int SETTINGS = 4;

	static final int PING = 6;

	static final int GOAWAY = 7;

	static final int ACK = 1;

	static final int END_STREAM = 1;

	static final int END_HEADERS = 4;

	private final RawClient connection;

	/**
	 * Create a client and begin to speak.
	 * @param connection the connection
	 * @throws IOException on failure
	 */
	Http2Client(RawClient connection) throws IOException {
		this.connection = connection;
		connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
		send(SETTINGS, 0, 0, new byte[0]);
	}

	private void send(int type, int flags, int stream, byte[] payload) throws IOException {
		this.connection.send(ByteBuffer.allocate(9 + payload.length)
			.put((byte) 0)
			.putShort((short) payload.length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array());
	}

	void get(int stream, String path) throws IOException {
		// Indexed fields for GET and http, the path and the authority as literals
		send(HEADERS, END_STREAM | END_HEADERS, stream,
				ByteBuffer.allocate(7 + path.length())
					.put(new byte[] { (byte) 0x82, (byte) 0x86, 0x04, (byte) path.length() })
					.put(path.getBytes())
					.put(new byte[] { 0x01, 0x01, 'h' })
					.array());
	}

	void answer(Frame ping) throws IOException {
		send(PING, ACK, 0, ping.payload());
	}

	Frame next() throws IOException {
		return Frame.read(this.connection.input());
	}

	/**
	 * Read up to a frame of some type.
	 * @param type the type
	 * @return the frame, not one that acknowledges
	 * @throws IOException on failure
	 */
	Frame next(int type) throws IOException {
		Frame frame = next();
		while (frame.type() != type || (type == SETTINGS && frame.flags() == ACK)) {
			frame = next();
		}
		return frame;
	}

	void awaitResponse(int stream) throws IOException {
		Frame frame = next(DATA);
		while ((frame.flags() & END_STREAM) == 0) {
			assertThat(frame.stream()).isEqualTo(stream);
			frame = next(DATA);
		}
	}

	boolean hasMore() throws IOException {
		return this.connection.input().available() > 0;
	}

	void assertClosed() throws IOException {
		while (hasMore()) {
			next();
		}
		assertThat(this.connection.rest()).isEmpty();
		close();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

	/**
	 * A frame from the server.
	 *
	 * @param type the type
	 * @param flags the flags
	 * @param stream the stream that it belongs to
	 * @param payload the payload
	 */
	record Frame(int type, int flags, int stream, byte[] payload) {

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
