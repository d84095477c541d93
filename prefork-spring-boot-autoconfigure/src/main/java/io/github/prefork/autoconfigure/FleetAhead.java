package io.github.prefork.autoconfigure;

import java.net.InetAddress;

import io.github.prefork.ChildLauncher;
import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.MasterSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The fleet of a master before its application context is refreshed: the child that was
 * launched early may serve before the context is there. Used by the thread that starts
 * the application.
 */
final class FleetAhead {

	private static final Log logger = LogFactory.getLog(FleetAhead.class);

	private final ConfigurableApplicationContext context;

	private final EarlyChild child;

	private @Nullable ApplicationFleetHost host;

	private @Nullable MasterFleet fleet;

	FleetAhead(ConfigurableApplicationContext context, EarlyChild child) {
		this.context = context;
		this.child = child;
	}

	/**
	 * Start the fleet.
	 * @param settings its settings
	 * @param address {@code server.address}
	 * @param port {@code server.port}
	 */
	void start(MasterSettings settings, @Nullable InetAddress address, int port) {
		ApplicationFleetHost host = new ApplicationFleetHost(this.context);
		MasterFleet fleet = new MasterFleet(settings, null, host, this.child);
		this.host = host;
		this.fleet = fleet;
		fleet.startAhead(address, port);
	}

	/**
	 * Hand over the fleet, unless another one is needed; this one is stopped then.
	 * @param settings the settings of the fleet
	 * @param launcher the launcher of the application, {@code null} for none
	 * @return the fleet, {@code null} if another one is needed
	 */
	@Nullable MasterFleet handOver(MasterSettings settings, @Nullable ChildLauncher launcher) {
		MasterFleet fleet = this.fleet;
		if (fleet == null || this.host == null) {
			return null;
		}
		if (launcher != null || !fleet.settings().equals(settings)) {
			logger.info("The settings of the fleet are others than the properties of the application said. "
					+ "It is stopped and started anew");
			fleet.stopAhead();
			return null;
		}
		this.context.addApplicationListener(this.host);
		return fleet;
	}

	/**
	 * Stop the fleet if no web server has taken it over.
	 */
	void close() {
		if (this.fleet != null) {
			this.fleet.stopAhead();
		}
	}

}
