package io.github.prefork.master.listener;

import java.net.InetAddress;

import io.github.prefork.channel.AddressFamily;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.Assert;

/**
 * What the master listens on.
 *
 * @param mode how the children share the port
 * @param network which addresses
 * @param count the number of children
 * @param address the local address, {@code null} for any
 * @param port the port, 0 for one that the system chooses
 * @param backlog the limit of each accept queue, in connections
 */
public record ListenerOptions(ListenerMode mode, Network network, int count, @Nullable InetAddress address, int port,
		int backlog) {

	public ListenerOptions {
		Assert.isTrue(count > 0, "'count' must be greater than 0");
		Assert.isTrue(port >= 0 && port <= 0xFFFF, "'server.port' must be between 0 and 65535");
		Assert.isTrue(backlog > 0, "'backlog' must be greater than 0");
		if (!network.has(address)) {
			throw new InvalidConfigurationPropertyValueException("prefork.network", network,
					"The address in 'server.address' (" + address + ") is of the other kind.");
		}
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
		if (this.address != null) {
			return this.address;
		}
		return switch (this.network) {
			case TCP4 -> AddressFamily.IPV4.wildcard();
			case TCP6 -> AddressFamily.IPV6.wildcard();
			case TCP -> (Socket.isIPv6Preferred() ? AddressFamily.IPV6 : AddressFamily.IPV4).wildcard();
		};
	}

}
