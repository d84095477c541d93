package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Where the management server of the master will listen.
 */
final class ManagementPort {

	private ManagementPort() {
	}

	/**
	 * Find the address of the management server.
	 * @param context the main application context
	 * @return the address, or {@code null} if there is no separate management server, or
	 * the system chooses its port
	 */
	static @Nullable InetSocketAddress of(ConfigurableApplicationContext context) {
		if (!context.getBeanFactory().containsBeanDefinition(MastersOwn.MANAGEMENT_SERVER)) {
			return null;
		}
		Binder binder = Binder.get(context.getEnvironment());
		int port = binder.bind("management.server.port", Integer.class).orElse(0);
		InetAddress address = binder.bind("management.server.address", InetAddress.class).orElse(null);
		return (port > 0) ? new InetSocketAddress(address, port) : null;
	}

}
