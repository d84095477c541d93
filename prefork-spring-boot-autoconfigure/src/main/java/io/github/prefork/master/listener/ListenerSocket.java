package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.github.prefork.channel.AddressFamily;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;

/**
 * One socket of the master's. Safe for use by several threads: closing waits for a
 * reading that is under way, so that no reading meets a descriptor that has been reused.
 */
final class ListenerSocket {

	private static final int IPPROTO_TCP = 6;

	private static final int TCP_INFO = 11;

	private static final int LISTEN_ATTEMPTS = 50;

	private static final Duration LISTEN_PAUSE = Duration.ofMillis(1);

	private static final int TCP_INFO_SIZE = 104;

	private static final int STATE_OFFSET = 0;

	private static final int STATE_LISTEN = 10;

	/** Holds tcpi_unacked: for a listening socket the length of its accept queue. */
	private static final int QUEUE_OFFSET = 24;

	private final Socket socket;

	private final ByteBuffer info = ByteBuffer.allocateDirect(TCP_INFO_SIZE).order(ByteOrder.nativeOrder());

	private ListenerSocket(Socket socket) {
		this.socket = socket;
	}

	/**
	 * Open a socket and bind it. SO_REUSEADDR is set, so that connections that a previous
	 * run has left behind don't matter.
	 * @param address the address
	 * @param family which addresses, if the address stands for all
	 * @param reusePort whether sockets of the same kind may bind to the same address
	 * @return the bound socket
	 * @throws IOException if it can't be bound
	 */
	static ListenerSocket bind(InetSocketAddress address, AddressFamily family, boolean reusePort) throws IOException {
		ListenerSocket bound = new ListenerSocket(FamilySocket.open(family));
		try {
			bound.socket.setReuseAddress(true);
			bound.socket.setReusePort(reusePort);
			bound.socket.bind(address);
			return bound;
		}
		catch (IOException | RuntimeException ex) {
			bound.close();
			throw ex;
		}
	}

	int port() {
		return this.socket.localAddress().getPort();
	}

	FileDescriptor descriptor() {
		return this.socket;
	}

	/**
	 * Let no other socket share the address, unless both have SO_REUSEPORT.
	 * @throws IOException if the option can't be set
	 */
	synchronized void protect() throws IOException {
		this.socket.setReuseAddress(false);
	}

	/**
	 * Start to listen. From here the state protects the address; SO_REUSEADDR is set
	 * again because accepted connections inherit it, and those without it would keep the
	 * next master from the port for as long as they live and a minute longer.
	 * <p>
	 * Somebody who tries to listen here and is about to fail can make this fail too: the
	 * kernel shows a socket as listening before it checks whether it may. So it is
	 * repeated for a moment.
	 * @param backlog the limit of the accept queue, in connections
	 * @throws IOException if somebody else listens there
	 */
	synchronized void listen(int backlog) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				this.socket.setReuseAddress(true);
				this.socket.listen(backlog);
				return;
			}
			catch (IOException ex) {
				this.socket.setReuseAddress(false);
				if (attempt == LISTEN_ATTEMPTS || !ListenerFailure.isAddressInUse(ex)) {
					throw ex;
				}
				LockSupport.parkNanos(LISTEN_PAUSE.toNanos());
			}
		}
	}

	/**
	 * Return the number of connections that nobody has accepted yet. Allocates nothing.
	 * @return the number, -1 if the socket does not listen
	 */
	synchronized int queueLength() {
		if (!this.socket.isOpen()) {
			return -1;
		}
		try {
			this.socket.getRawOpt(IPPROTO_TCP, TCP_INFO, this.info.clear());
		}
		catch (IOException | ChannelException ex) {
			return -1;
		}
		return (this.info.get(STATE_OFFSET) == STATE_LISTEN) ? this.info.getInt(QUEUE_OFFSET) : -1;
	}

	/**
	 * Close this process' descriptor; children that have a copy keep theirs.
	 */
	synchronized void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// The descriptor is gone even so
		}
	}

	/**
	 * A socket of one address family.
	 */
	private static final class FamilySocket extends Socket {

		private static final int IPPROTO_IPV6 = 41;

		private static final int IPV6_V6ONLY = 26;

		private FamilySocket(int descriptor) {
			super(descriptor);
		}

		static Socket open(AddressFamily family) throws IOException {
			return switch (family) {
				case ANY -> newSocketStream();
				case IPV4 -> new FamilySocket(newSocketStream0(SocketProtocolFamily.INET));
				case IPV6 -> openIpv6();
			};
		}

		private static Socket openIpv6() throws IOException {
			Socket socket = new FamilySocket(newSocketStream0(SocketProtocolFamily.INET6));
			try {
				socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
				return socket;
			}
			catch (IOException ex) {
				socket.close();
				throw ex;
			}
		}

	}

}
