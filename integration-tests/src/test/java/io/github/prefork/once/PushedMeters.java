package io.github.prefork.once;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension, to be registered as a static field: takes the meters that the
 * processes of a fleet push.
 */
final class PushedMeters implements BeforeAllCallback, AfterAllCallback {

	private final Set<String> seen = new ConcurrentSkipListSet<>();

	private DatagramSocket socket;

	@Override
	public void beforeAll(ExtensionContext context) throws SocketException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::receive, "pushed-meters");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.socket.close();
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Return the identities that a meter came with: its name and tags.
	 * @param name its name
	 * @return the identities
	 */
	List<String> identitiesOf(String name) {
		return this.seen.stream().filter((identity) -> identity.contains("'" + name + "'")).toList();
	}

	private void receive() {
		byte[] buffer = new byte[8 * 1024];
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				String line = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
				this.seen.add(line.replaceFirst(" Measurement.*", ""));
			}
		}
		catch (IOException ex) {
			if (!this.socket.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
