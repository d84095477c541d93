package io.github.prefork.master;

import java.net.InetAddress;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.GracefulShutdownCallback;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;

/**
 * The web server of a master: it serves nothing itself, its children do.
 */
public final class MasterWebServer implements WebServer {

	private static final Log logger = LogFactory.getLog(MasterWebServer.class);

	private final MasterFleet fleet;

	private final @Nullable InetAddress address;

	private final int port;

	private volatile boolean stopping;

	/**
	 * Create the web server, not started.
	 * @param fleet the fleet that serves
	 * @param address {@code server.address}
	 * @param port {@code server.port}, negative for none
	 */
	public MasterWebServer(MasterFleet fleet, @Nullable InetAddress address, int port) {
		this.fleet = fleet;
		this.address = address;
		this.port = port;
	}

	/**
	 * Take the port, launch the children and wait until all of them are ready.
	 * @throws WebServerException if the port can't be opened
	 * @throws io.github.prefork.PreforkException if the children do not get ready
	 */
	@Override
	public void start() throws WebServerException {
		if (this.port < 0) {
			return;
		}
		this.stopping = false;
		this.fleet.start(this.address, this.port);
		MasterSettings settings = this.fleet.settings();
		logger.info("Prefork master with %d children (%s), listener mode %s, one port for all: %d"
			.formatted(settings.supervisor().children(), settings.reason(), settings.mode(), this.fleet.port()));
		this.fleet.awaitReady();
		logger.info("Prefork master listening on port(s) %d (http)".formatted(this.fleet.port()));
	}

	@Override
	public void shutDownGracefully(GracefulShutdownCallback callback) {
		this.stopping = true;
		this.fleet.stop(false).whenComplete((result, ex) -> callback.shutdownComplete(GracefulShutdownResult.IDLE));
	}

	/**
	 * Stop the fleet and wait until nothing of it is left. After a graceful shutdown that
	 * has not ended, whoever is left is killed. Does not wait if a listener of a prefork
	 * event closes the context: the fleet stops when the listener has returned.
	 */
	@Override
	public void stop() throws WebServerException {
		this.fleet.stop(this.stopping).handle((result, ex) -> result).join();
	}

	@Override
	public int getPort() {
		return this.fleet.port();
	}

}
