package io.github.prefork.master;

import java.net.InetSocketAddress;

import io.github.prefork.master.listener.PortProbe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

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

	private final ServerSettings server;

	private volatile boolean stopping;

	/**
	 * Create the web server, not started.
	 * @param fleet the fleet that serves
	 * @param server what the children's server listens on
	 */
	public MasterWebServer(MasterFleet fleet, ServerSettings server) {
		this.fleet = fleet;
		this.server = server;
	}

	/**
	 * Take the port, launch the children and wait until all of them are ready.
	 * @throws WebServerException if the port, or that of the management server, is in use
	 * @throws io.github.prefork.PreforkException if the port can't be opened for another
	 * reason, or the children do not get ready
	 */
	@Override
	public void start() throws WebServerException {
		if (this.server.port() < 0) {
			return;
		}
		this.stopping = false;
		checkManagementPort();
		this.fleet.start(this.server.address(), this.server.port());
		FleetSummary summary = this.fleet.summary();
		if (summary != null) {
			logger.info(summary.line());
			summary.warnings().forEach(logger::warn);
		}
		this.fleet.awaitReady();
		logger.info("Prefork master listening on port(s) %d (%s)".formatted(this.fleet.port(), this.server.scheme()));
	}

	private void checkManagementPort() {
		InetSocketAddress management = this.server.management();
		if (management != null) {
			PortProbe.check(management);
		}
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
