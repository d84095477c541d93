package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Takes a port so that two fleets never share it by accident, which SO_REUSEPORT alone
 * would let them do in silence.
 * <p>
 * Fleets on the same address exclude each other by a {@link PortLock}, held from here
 * until the listeners listen. Sockets alone can't do that: in the moment in which a
 * {@link ListenerMode#SHARED} listener has given up its protection and does not listen
 * yet, the probe of another fleet gets through.
 * <p>
 * For everybody else the sockets are bound first and a probe without SO_REUSEPORT then
 * binds and listens beside them. That fails if somebody listens there, or is bound there
 * and protected. At most one socket without SO_REUSEPORT can listen, so who holds the
 * probe protects his own sockets before he lets it go. Binding after the probe would
 * leave a gap.
 */
final class ListenerReservation {

	private static final int PROBE_BACKLOG = 1;

	private final ListenerOptions options;

	private final List<ListenerSocket> sockets = new ArrayList<>();

	private @Nullable ListenerSocket guard;

	private @Nullable PortLock lock;

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
		this.lock = PortLock.take(this.options.bindAddress(), this.port);
		ListenerSocket probe = bind(false);
		try {
			probe.listen(PROBE_BACKLOG);
			protect();
		}
		finally {
			probe.close();
		}
	}

	/**
	 * Bind one more socket beside listeners that listen, so that nobody else can have the
	 * port.
	 * @return the socket, the caller's own
	 * @throws IOException if it can't be bound
	 */
	ListenerSocket bindMore() throws IOException {
		return bind(true);
	}

	private ListenerSocket bind(boolean reusePort) throws IOException {
		InetSocketAddress address = new InetSocketAddress(this.options.bindAddress(), this.port);
		ListenerSocket socket = ListenerSocket.bind(address, this.options.network().family(), reusePort);
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

	int port() {
		return this.port;
	}

	/**
	 * Give up what protects the listeners until they listen.
	 * <p>
	 * In {@link ListenerMode#REUSEPORT} mode that is a socket bound beside them too. A
	 * listener has to give up its own protection just before it listens; the guard fills
	 * that moment against those who don't know the lock. Without SO_REUSEPORT the kernel
	 * lets one listen only and would not bear a guard.
	 */
	void release() {
		if (this.guard != null) {
			this.guard.close();
		}
		if (this.lock != null) {
			this.lock.release();
		}
	}

	void close() {
		this.sockets.forEach(ListenerSocket::close);
		release();
	}

}
