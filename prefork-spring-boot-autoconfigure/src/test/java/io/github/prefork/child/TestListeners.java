package io.github.prefork.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;

/**
 * Listening sockets as a master makes them, and clients of them.
 */
final class TestListeners {

	private static final int TIMEOUT_MILLIS = 10000;

	private TestListeners() {
	}

	/**
	 * Open a listening socket on a free port of the loopback interface.
	 * @return the socket
	 * @throws IOException if that fails
	 */
	static Socket open() throws IOException {
		Epoll.ensureAvailability();
		Socket socket = Socket.newSocketStream();
		socket.setReusePort(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		socket.listen(64);
		return socket;
	}

	/**
	 * Duplicate a listening socket, as a sibling holds it.
	 * @param listener the socket
	 * @param path a path where nothing is
	 * @return a further holder of the same listener
	 * @throws IOException if that fails
	 */
	static Socket duplicate(Socket listener, Path path) throws IOException {
		Socket server = Socket.newSocketDomain();
		server.bind(new DomainSocketAddress(path.toFile()));
		server.listen(1);
		Socket sender = Socket.newSocketDomain();
		sender.connect(new DomainSocketAddress(path.toFile()));
		Socket receiver = new Socket(server.accept(new byte[128]));
		sender.sendFd(listener.intValue());
		Socket duplicate = new Socket(receiver.recvFd());
		sender.close();
		receiver.close();
		server.close();
		return duplicate;
	}

	static int port(Socket listener) {
		return listener.localAddress().getPort();
	}

	/**
	 * Connect and send a request.
	 * @param port the port
	 * @param path the path to ask for
	 * @return the connection
	 * @throws IOException if that fails
	 */
	static java.net.Socket request(int port, String path) throws IOException {
		java.net.Socket client = new java.net.Socket();
		client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
		client.setSoTimeout(TIMEOUT_MILLIS);
		client.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	/**
	 * Read the answer to a request and close the connection.
	 * @param client the connection
	 * @return the answer with its headers
	 * @throws IOException if that fails
	 */
	static String answer(java.net.Socket client) throws IOException {
		try (client) {
			return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	/**
	 * Check for some time that no answer comes.
	 * @param client the connection
	 * @return whether no answer came
	 * @throws IOException if the connection fails
	 */
	static boolean isSilent(java.net.Socket client) throws IOException {
		client.setSoTimeout(300);
		try {
			client.getInputStream().read();
			return false;
		}
		catch (java.net.SocketTimeoutException ex) {
			return true;
		}
		finally {
			client.setSoTimeout(TIMEOUT_MILLIS);
		}
	}

}
