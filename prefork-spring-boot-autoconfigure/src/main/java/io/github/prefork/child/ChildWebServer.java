package io.github.prefork.child;

import java.util.function.Function;

import io.github.prefork.channel.ToMaster;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.web.server.GracefulShutdownCallback;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The web server of a child: an ordinary Netty web server on listeners of the master.
 */
public final class ChildWebServer implements WebServer {

	private final WebServer delegate;

	private final ServerListeners listeners;

	private final LoopProbe probe;

	private final ToMaster.ServerStarting starting;

	private boolean started;

	private ChildWebServer(WebServer delegate, ChildLink link, ToMaster.ServerStarting starting) {
		this.delegate = delegate;
		this.listeners = link.listeners();
		this.probe = link.probe();
		this.starting = starting;
	}

	/**
	 * Create the web server.
	 * @param netty makes the ordinary web server with the given resources; it must not
	 * start it
	 * @param resources the application's resources; they stay the application's
	 * @param link the tie to the master
	 * @param starting what the master is told when the web server starts
	 * @return the web server, not started
	 */
	public static ChildWebServer create(Function<ReactorResourceFactory, WebServer> netty,
			ReactorResourceFactory resources, ChildLink link, ToMaster.ServerStarting starting) {
		return new ChildWebServer(netty.apply(new AdoptingResourceFactory(resources, link)), link, starting);
	}

	/**
	 * Wait for the listeners of the master and start the server. It accepts when the
	 * master says so.
	 * @throws WebServerException if the listeners do not come or the server does not
	 * start
	 */
	@Override
	public void start() throws WebServerException {
		if (this.started) {
			return;
		}
		this.listeners.receive(this.starting);
		boolean serving = false;
		try {
			this.delegate.start();
			this.listeners.serve();
			serving = true;
		}
		finally {
			if (!serving) {
				this.listeners.abandon();
			}
		}
		this.started = true;
	}

	@Override
	public void stop() throws WebServerException {
		this.started = false;
		this.delegate.stop();
	}

	@Override
	public void shutDownGracefully(GracefulShutdownCallback callback) {
		if (this.probe.noneAnswers()) {
			// Requests in flight, if only the one that has called, will never end
			callback.shutdownComplete(GracefulShutdownResult.REQUESTS_ACTIVE);
		}
		else {
			this.delegate.shutDownGracefully(callback);
		}
	}

	@Override
	public int getPort() {
		return this.delegate.getPort();
	}

	@Override
	public void destroy() {
		this.delegate.destroy();
	}

	/**
	 * Gives the main server, and nobody else, event loops that adopt.
	 */
	private static final class AdoptingResourceFactory extends ReactorResourceFactory {

		private final ReactorResourceFactory resources;

		private final ChildLink link;

		AdoptingResourceFactory(ReactorResourceFactory resources, ChildLink link) {
			this.resources = resources;
			this.link = link;
		}

		@Override
		public LoopResources getLoopResources() {
			return new AdoptingLoopResources(this.resources.getLoopResources(), this.link.listeners()::openMain,
					this.link.probe());
		}

	}

}
