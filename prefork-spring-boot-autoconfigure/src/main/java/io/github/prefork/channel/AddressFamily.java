package io.github.prefork.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The family of the addresses that a socket listens on.
 */
public enum AddressFamily {

	/**
	 * Whichever the JVM and the address make of it.
	 */
	ANY(0),

	/**
	 * IPv4 alone.
	 */
	IPV4(4),

	/**
	 * IPv6 alone.
	 */
	IPV6(16);

	private final int addressLength;

	AddressFamily(int addressLength) {
		this.addressLength = addressLength;
	}

	/**
	 * Return the address that stands for all of the family.
	 * @return the wildcard address
	 * @throws IllegalStateException for {@link #ANY}, which has more than one
	 */
	public InetAddress wildcard() {
		try {
			return InetAddress.getByAddress(new byte[this.addressLength]);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("No wildcard address of " + this, ex);
		}
	}

}
