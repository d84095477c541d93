package io.github.prefork.child.drain;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that sends exactly what it is told, and reads what comes.
 */
public final class RawClient implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 10_000;

	private final Socket socket;

	private final DataInputStream input;

	/**
	 * Connect.
	 * @param port the port of the server
	 * @throws IOException on failure
	 */
	public RawClient(int port) throws IOException {
		this(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	RawClient(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.input = new DataInputStream(this.socket.getInputStream());
	}

	void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.US_ASCII));
	}

	void send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	/**
	 * Send a request.
	 * @param path what to ask for
	 * @throws IOException on failure
	 */
	public void get(String path) throws IOException {
		send(request(path));
	}

	static String request(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
	}

	/**
	 * Read a response with a content length.
	 * @return the response, its head in lower case
	 * @throws IOException on failure
	 */
	public String response() throws IOException {
		String head = head();
		int length = head.indexOf("content-length: ") + 16;
		byte[] body = new byte[Integer.parseInt(head.substring(length, head.indexOf('\r', length)))];
		this.input.readFully(body);
		return head + new String(body, StandardCharsets.US_ASCII);
	}

	/**
	 * Read the head of a response.
	 * @return the head in lower case
	 * @throws IOException on failure
	 */
	public String head() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		String text = "";
		while (!text.endsWith("\r\n\r\n")) {
			head.write(this.input.readUnsignedByte());
			text = head.toString(StandardCharsets.US_ASCII);
		}
		return text.toLowerCase(java.util.Locale.ROOT);
	}

	/**
	 * Read until the server has closed.
	 * @return what has come
	 * @throws IOException on failure, a reset included
	 */
	public String rest() throws IOException {
		return new String(this.input.readAllBytes(), StandardCharsets.US_ASCII);
	}

	DataInputStream input() {
		return this.input;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
