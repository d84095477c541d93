package io.github.prefork.master.listener;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;

import io.github.prefork.channel.AddressFamily;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of addresses the port is opened on. The names are those of Go's networks,
 * and so of fasthttp's {@code Prefork.Network}.
 */
public enum Network {

	/**
	 * What {@code server.address} and the JVM say; without an address IPv6 and IPv4 where
	 * the machine has both.
	 */
	TCP(AddressFamily.ANY),

	/**
	 * IPv4 alone.
	 */
	TCP4(AddressFamily.IPV4),

	/**
	 * IPv6 alone.
	 */
	TCP6(AddressFamily.IPV6);

	private final AddressFamily family;

	Network(AddressFamily family) {
		this.family = family;
	}

	AddressFamily family() {
		return this.family;
	}

	/**
	 * Return whether an address is of this network.
	 * @param address the address, {@code null} for any
	 * @return whether the port can be opened on it
	 */
	boolean has(@Nullable InetAddress address) {
		return address == null || this == TCP || (this == TCP4) == (address instanceof Inet4Address);
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
