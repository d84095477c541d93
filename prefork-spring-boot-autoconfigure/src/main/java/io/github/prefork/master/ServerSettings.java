package io.github.prefork.master;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * What a master has to know of the application's web servers.
 *
 * @param address {@code server.address}, {@code null} for any
 * @param port {@code server.port}, negative for none, 0 for one that the system chooses
 * @param secure whether {@code server.ssl} is enabled
 * @param management where the management server of the master will listen, {@code null}
 * if there is none or the system chooses its port
 */
public record ServerSettings(@Nullable InetAddress address, int port, boolean secure,
		@Nullable InetSocketAddress management) {

	String scheme() {
		return this.secure ? "https" : "http";
	}

}
