package io.github.prefork.master;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the master listens on.
 *
 * @param mode how the children share the port
 * @param count the number of listeners; {@link ListenerMode#SHARED} opens one whatever it
 * says
 * @param address the local address, {@code null} for any
 * @param port the port, 0 for one that the system chooses
 * @param backlog the limit of each accept queue, in connections
 */
record ListenerOptions(ListenerMode mode, int count, @Nullable InetAddress address, int port, int backlog) {

	ListenerOptions {
		Assert.isTrue(count > 0, "'count' must be greater than 0");
		Assert.isTrue(port >= 0 && port <= 0xFFFF, "'port' must be between 0 and 65535");
		Assert.isTrue(backlog > 0, "'backlog' must be greater than 0");
	}

	int listeners() {
		return this.mode.listeners(this.count);
	}

	/**
	 * Return the address to bind to, chosen as Netty does it for any address. Needs the
	 * native transport to be loaded.
	 * @return the address
	 */
	InetAddress bindAddress() {
		return (this.address != null) ? this.address : anyAddress(Socket.isIPv6Preferred());
	}

	private static InetAddress anyAddress(boolean ipv6) {
		try {
			return InetAddress.getByAddress(new byte[(ipv6) ? 16 : 4]);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
