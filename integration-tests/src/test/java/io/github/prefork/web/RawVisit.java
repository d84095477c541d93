package io.github.prefork.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Sends bytes on a connection of their own and reads until the server closes it.
 */
final class RawVisit {

	private static final int TIMEOUT_MILLIS = 10_000;

	private RawVisit() {
	}

	/**
	 * Visit the server.
	 * @param port its port
	 * @param requests what to send
	 * @return the body of the first response, with all that came back as its detail
	 * @throws IOException on failure, also if the server does not close the connection
	 */
	static Answer of(int port, String... requests) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.getOutputStream().write(String.join("", requests).getBytes(StandardCharsets.ISO_8859_1));
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			String body = all.replaceFirst("(?s).*?\r\n\r\n", "").replaceFirst("(?s)HTTP/1.1 .*", "");
			return new Answer(body, 200, all, (name) -> Optional.empty());
		}
	}

	static String get(String path, String... headers) {
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		return request.append("\r\n").toString();
	}

}
