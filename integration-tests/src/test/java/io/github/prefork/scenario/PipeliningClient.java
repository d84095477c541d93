package io.github.prefork.scenario;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * Sends several requests at a time on one connection until the server says that it closes
 * it.
 */
final class PipeliningClient implements Callable<Integer> {

	private static final int AT_A_TIME = 5;

	private final int port;

	/**
	 * Create a client.
	 * @param port the port of the server
	 */
	PipeliningClient(int port) {
		this.port = port;
	}

	/**
	 * Send and receive.
	 * @return the number of requests that were sent before the server said so and that
	 * have no answer
	 * @throws IOException on failure
	 */
	@Override
	public Integer call() throws IOException {
		String request = "GET /slow?ms=5 HTTP/1.1\r\nHost: localhost\r\n\r\n";
		byte[] requests = request.repeat(AT_A_TIME).getBytes(StandardCharsets.US_ASCII);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) Waiting.START.toMillis());
			DataInputStream input = new DataInputStream(socket.getInputStream());
			while (true) {
				socket.getOutputStream().write(requests);
				for (int answered = 1; answered <= AT_A_TIME; answered++) {
					if (closesAfterResponse(input)) {
						return AT_A_TIME - answered + input.readAllBytes().length;
					}
				}
			}
		}
	}

	private static boolean closesAfterResponse(DataInputStream input) throws IOException {
		boolean closes = false;
		int length = 0;
		for (String line = line(input); !line.isEmpty(); line = line(input)) {
			closes |= line.equalsIgnoreCase("connection: close");
			if (line.startsWith("Content-Length: ")) {
				length = Integer.parseInt(line.substring(16));
			}
		}
		input.readFully(new byte[length]);
		return closes;
	}

	private static String line(DataInputStream input) throws IOException {
		StringBuilder line = new StringBuilder();
		while (line.indexOf("\r\n") < 0) {
			line.append((char) input.readUnsignedByte());
		}
		return line.substring(0, line.length() - 2);
	}

}
