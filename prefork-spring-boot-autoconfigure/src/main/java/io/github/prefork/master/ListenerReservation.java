package io.github.prefork.master;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Takes a port so that two fleets never share it by accident, which SO_REUSEPORT alone
 * would let them do in silence.
 * <p>
 * The sockets are bound first and a probe without SO_REUSEPORT then binds and listens
 * beside them. That fails if somebody listens there, or is bound there and protected. At
 * most one socket without SO_REUSEPORT can listen, so the probe is a lock: who holds it
 * protects his own sockets before he lets it go, and of two fleets that start at the same
 * time at most one gets through. Binding after the probe would leave a gap for both.
 */
final class ListenerReservation {

	private static final int PROBE_BACKLOG = 1;

	private final ListenerOptions options;

	private final List<ListenerSocket> sockets = new ArrayList<>();

	private @Nullable ListenerSocket guard;

	private int port;

	ListenerReservation(ListenerOptions options) {
		this.options = options;
		this.port = options.port();
	}

	void reserve() throws IOException {
		for (int i = 0; i < this.options.listeners(); i++) {
			this.sockets.add(bind(this.options.mode().reusePort()));
		}
		if (this.options.mode().reusePort()) {
			this.guard = bind(true);
		}
		ListenerSocket probe = bind(false);
		try {
			probe.listen(PROBE_BACKLOG);
			protect();
		}
		finally {
			probe.close();
		}
	}

	private ListenerSocket bind(boolean reusePort) throws IOException {
		InetSocketAddress address = new InetSocketAddress(this.options.bindAddress(), this.port);
		ListenerSocket socket = ListenerSocket.bind(address, reusePort);
		// With port 0 the first one decides for all
		this.port = socket.port();
		return socket;
	}

	private void protect() throws IOException {
		for (ListenerSocket socket : this.sockets) {
			socket.protect();
		}
		if (this.guard != null) {
			this.guard.protect();
		}
	}

	List<ListenerSocket> sockets() {
		return this.sockets;
	}

	/**
	 * Return a socket that is bound beside the listeners in
	 * {@link ListenerMode#REUSEPORT} mode, to be closed when they listen. A listener has
	 * to give up its own protection just before it listens; the guard fills that moment.
	 * Without SO_REUSEPORT the kernel lets one listen only, so nothing is needed there.
	 * @return the socket or {@code null}
	 */
	@Nullable ListenerSocket guard() {
		return this.guard;
	}

	int port() {
		return this.port;
	}

	void close() {
		this.sockets.forEach(ListenerSocket::close);
		if (this.guard != null) {
			this.guard.close();
		}
	}

}
