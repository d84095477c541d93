package io.github.prefork.autoconfigure;

import java.net.InetAddress;

import io.github.prefork.master.WantedServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;

/**
 * What the web server listens on, as far as properties say so.
 *
 * @param address the address, {@code null} for any
 * @param port the port
 */
record ServerPlace(@Nullable InetAddress address, int port) {

	private static final int DEFAULT_PORT = 8080;

	static ServerPlace of(Binder binder) {
		return new ServerPlace(binder.bind("server.address", InetAddress.class).orElse(null),
				binder.bind("server.port", Integer.class).orElse(DEFAULT_PORT));
	}

	/**
	 * Return whether a web server wants to listen here.
	 * @param wanted what it wants
	 * @return whether it does
	 */
	boolean isWantedBy(WantedServer wanted) {
		return this.port == wanted.port() && host().equals(wanted.address());
	}

	private String host() {
		return (this.address != null) ? this.address.getHostAddress() : "";
	}

	@Override
	public String toString() {
		return text(host(), this.port);
	}

	static String text(String address, int port) {
		return "port " + port + (address.isEmpty() ? "" : " of " + address);
	}

}
