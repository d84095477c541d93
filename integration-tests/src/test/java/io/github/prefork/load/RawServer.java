package io.github.prefork.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that does on each connection, on its own thread, exactly what a test says.
 */
final class RawServer implements Closeable {

	static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final ServerSocket listener;

	private final Script script;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	RawServer(Script script) throws IOException {
		this.script = script;
		this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
		startThread(this::accept);
	}

	/**
	 * A server that answers every request on every connection with the same.
	 * @param response the response
	 * @return the server
	 * @throws IOException if it cannot start
	 */
	static RawServer answering(String response) throws IOException {
		return new RawServer((connection) -> {
			while (connection.readRequest()) {
				connection.write(response);
			}
		});
	}

	/**
	 * Plan a load on this server that it can bear.
	 * @param mode how connections are used
	 * @return the plan, for a number of requests or a time that is still to be set
	 */
	LoadPlanBuilder plan(ConnectionMode mode) {
		return LoadPlan.to(port()).rate(100).mode(mode).timeout(Duration.ofSeconds(10));
	}

	LoadPlanBuilder one() {
		return plan(ConnectionMode.KEEP_ALIVE).connections(1);
	}

	/**
	 * Hold a connection in a script until the test lets it go.
	 * @param latch at zero when the test does
	 * @throws IOException if the server is closed first
	 */
	static void hold(CountDownLatch latch) throws IOException {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	int connections() {
		return this.sockets.size();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				Connection connection = new Connection(socket, this.sockets.size() - 1, this.requests);
				startThread(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// Closed: the end of the test
		}
	}

	private void serve(Connection connection) {
		try (Socket socket = connection.socket) {
			this.script.serve(connection);
			if (!socket.isClosed()) {
				socket.shutdownOutput();
			}
		}
		catch (IOException ex) {
			// The client is gone
		}
	}

	private void startThread(Runnable action) {
		Thread thread = new Thread(action, "raw-server");
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		for (Thread thread : this.threads) {
			thread.interrupt();
		}
	}

	/**
	 * What to do on a connection; it is closed afterwards.
	 */
	interface Script {

		void serve(Connection connection) throws IOException;

	}

	/**
	 * An accepted connection.
	 */
	static final class Connection {

		private final Socket socket;

		private final int number;

		private final AtomicInteger requests;

		private String lastRequest = "";

		private Connection(Socket socket, int number, AtomicInteger requests) {
			this.socket = socket;
			this.number = number;
			this.requests = requests;
		}

		/**
		 * Return its place in the order of acceptance.
		 * @return the number from 0
		 */
		int number() {
			return this.number;
		}

		/**
		 * Read a request, as far as its Content-Length says.
		 * @return whether there was one before the end of the stream
		 * @throws IOException on failure
		 */
		boolean readRequest() throws IOException {
			InputStream input = this.socket.getInputStream();
			StringBuilder text = new StringBuilder();
			while (text.indexOf("\r\n\r\n") < 0) {
				int next = input.read();
				if (next < 0) {
					return false;
				}
				text.append((char) next);
			}
			int start = text.indexOf("Content-Length: ");
			int length = (start < 0) ? 0 : Integer.parseInt(text.substring(start + 16, text.indexOf("\r\n", start)));
			this.lastRequest = text + new String(input.readNBytes(length), StandardCharsets.UTF_8);
			this.requests.incrementAndGet();
			return true;
		}

		String lastRequest() {
			return this.lastRequest;
		}

		/**
		 * Count the requests read so far on all connections.
		 * @return the number of requests, this one included
		 */
		int requests() {
			return this.requests.get();
		}

		void write(String response) throws IOException {
			this.socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Close so that the client sees a reset.
		 * @throws IOException on failure
		 */
		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

	}

}
