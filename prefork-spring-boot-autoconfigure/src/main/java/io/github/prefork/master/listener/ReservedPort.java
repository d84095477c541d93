package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import io.github.prefork.channel.AddressFamily;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.ToChild;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The port in {@link ListenerMode#CHILD_BOUND}: held by a socket that is bound and never
 * listens, beside which the children bind theirs. Needs nothing but the JDK, except for
 * {@link Network#TCP6}.
 * <p>
 * As in {@link ListenerReservation} a probe without SO_REUSEPORT, made beside it, finds
 * whoever has the port already, and the reservation is protected before the probe goes.
 * It stays so for life: the sockets of children may join it because they have
 * SO_REUSEPORT too, a probe of somebody else may not.
 */
final class ReservedPort implements FleetListeners {

	private static final Log logger = LogFactory.getLog(ReservedPort.class);

	private static final int PROBE_BACKLOG = 1;

	private final Runnable release;

	private final ListenerOptions options;

	private final int port;

	private ReservedPort(Runnable release, int port, ListenerOptions options) {
		this.release = release;
		this.options = options;
		this.port = port;
	}

	static ReservedPort open(ListenerOptions options) {
		// The JDK can't make an IPv6 socket that leaves IPv4 to others
		return (options.network() == Network.TCP6) ? openNative(options) : openPlain(options);
	}

	private static ReservedPort openNative(ListenerOptions options) {
		ListenerReservation reservation = new ListenerReservation(options);
		try {
			reservation.reserve();
			return new ReservedPort(reservation::close, reservation.port(), options);
		}
		catch (IOException | RuntimeException ex) {
			reservation.close();
			throw ListenerFailure.of(ex, options.bindAddress(), reservation.port());
		}
	}

	private static ReservedPort openPlain(ListenerOptions options) {
		int port = options.port();
		@Nullable SocketChannel reservation = null;
		try {
			SocketChannel bound = bind(options);
			reservation = bound;
			port = port(bound);
			probe(options, port, bound);
			return new ReservedPort(() -> close(bound), port, options);
		}
		catch (IOException | RuntimeException ex) {
			close(reservation);
			throw ListenerFailure.of(ex, address(options, port).getAddress(), port);
		}
	}

	private static SocketChannel bind(ListenerOptions options) throws IOException {
		@Nullable ProtocolFamily family = family(options);
		SocketChannel socket = (family != null) ? SocketChannel.open(family) : SocketChannel.open();
		try {
			socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			return socket.bind(address(options, options.port()));
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	private static void probe(ListenerOptions options, int port, SocketChannel reservation) throws IOException {
		@Nullable ProtocolFamily family = family(options);
		try (ServerSocketChannel probe = (family != null) ? ServerSocketChannel.open(family)
				: ServerSocketChannel.open()) {
			probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			probe.bind(address(options, port), PROBE_BACKLOG);
			reservation.setOption(StandardSocketOptions.SO_REUSEADDR, false);
		}
	}

	private static @Nullable ProtocolFamily family(ListenerOptions options) {
		// The JDK's IPv6 sockets take IPv4 too, so only the other way round matters
		return (options.network() == Network.TCP4) ? StandardProtocolFamily.INET : null;
	}

	private static InetSocketAddress address(ListenerOptions options, int port) {
		InetAddress address = options.address();
		return (address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port);
	}

	private static int port(SocketChannel socket) throws IOException {
		return ((InetSocketAddress) socket.getLocalAddress()).getPort();
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public int count() {
		return 0;
	}

	@Override
	public void listen() {
		// The children do
	}

	@Override
	public int queueLength(int listener) {
		return -1;
	}

	@Override
	public void offer(MasterChannel channel, long launch, int own) {
		InetAddress address = this.options.address();
		AddressFamily family = this.options.network().family();
		channel.send(launch, new ToChild.Bind((address != null) ? address.getHostAddress() : "", this.port, family,
				this.options.backlog()));
	}

	@Override
	public void add(int more) {
		throw new IllegalStateException("The children have listeners of their own");
	}

	@Override
	public void offerMore(MasterChannel channel, long launch, int first) {
		throw new IllegalStateException("The children have listeners of their own");
	}

	@Override
	public void watch(MasterChannel channel, Runnable stirred) {
		// There is no queue here
	}

	@Override
	public boolean alert() {
		return false;
	}

	@Override
	public void close() {
		this.release.run();
	}

	private static void close(@Nullable SocketChannel socket) {
		try {
			if (socket != null) {
				socket.close();
			}
		}
		catch (IOException ex) {
			logger.debug(LogMessage.format("Closed with an error: %s", socket), ex);
		}
	}

}
