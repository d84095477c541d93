package io.github.prefork.child;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Where a web server was told to listen. In a child that is of no effect.
 *
 * @param address the address
 */
record WantedAddress(SocketAddress address) {

	private static final Log logger = LogFactory.getLog(WantedAddress.class);

	/**
	 * Say so if a listener is not where it is wanted.
	 * @param actual where it is, {@code null} if that is not known
	 */
	void warnUnlessMetBy(@Nullable SocketAddress actual) {
		if (actual instanceof InetSocketAddress known && !isMetBy(known)) {
			logger.warn(LogMessage.format(
					"The web server was told, by a NettyServerCustomizer perhaps, to listen on %s. "
							+ "It listens on %s, as the master wants it: use 'server.port' and 'server.address'",
					this.address, known));
		}
	}

	/**
	 * Return whether a listener is where it is wanted.
	 * @param actual the address of the listener, {@code null} if it is not known
	 * @return whether it is
	 */
	boolean isMetBy(@Nullable InetSocketAddress actual) {
		if (actual == null || !(this.address instanceof InetSocketAddress wanted) || wanted.isUnresolved()) {
			return true;
		}
		boolean samePort = wanted.getPort() == 0 || wanted.getPort() == actual.getPort();
		return samePort && isSame(wanted.getAddress(), actual.getAddress());
	}

	private static boolean isSame(InetAddress one, InetAddress other) {
		return (one.isAnyLocalAddress() && other.isAnyLocalAddress()) || plain(one).equals(plain(other));
	}

	// An IPv4 address that is mapped into an IPv6 one is the same
	private static InetAddress plain(InetAddress address) {
		try {
			return InetAddress.getByAddress(address.getAddress());
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}
