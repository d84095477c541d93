package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.github.prefork.channel.ToMaster;
import io.github.prefork.child.ChildLink;
import io.github.prefork.child.ChildWebServer;
import io.github.prefork.child.OutOfMemoryWatch;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.MasterWebServer;
import io.github.prefork.master.ServerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * A {@link NettyReactiveWebServerFactory} that knows the role of its process: in a master
 * its web server is the fleet, in a child an ordinary one on the master's listeners. It
 * is a plain Netty factory unless it is told otherwise, since the management server makes
 * another one of this class for itself.
 */
public class PreforkNettyReactiveWebServerFactory extends NettyReactiveWebServerFactory {

	private @Nullable MasterFleet fleet;

	private @Nullable InetSocketAddress management;

	private @Nullable ChildLink link;

	private boolean ownLauncher;

	private @Nullable ReactorResourceFactory resources;

	/**
	 * Create a plain Netty factory.
	 */
	public PreforkNettyReactiveWebServerFactory() {
	}

	void serveWith(MasterFleet fleet, @Nullable InetSocketAddress management) {
		this.fleet = fleet;
		this.management = management;
	}

	void serveFor(ChildLink link, boolean ownLauncher) {
		this.link = link;
		this.ownLauncher = ownLauncher;
	}

	@Override
	public void setResourceFactory(@Nullable ReactorResourceFactory resourceFactory) {
		this.resources = resourceFactory;
		super.setResourceFactory(resourceFactory);
	}

	@Override
	public WebServer getWebServer(HttpHandler httpHandler) {
		if (this.fleet != null) {
			return new MasterWebServer(this.fleet,
					new ServerSettings(getAddress(), getPort(), Ssl.isEnabled(getSsl()), this.management));
		}
		if (this.link != null && this.resources != null) {
			return createOfChild(httpHandler, this.link, this.resources);
		}
		return super.getWebServer(httpHandler);
	}

	private WebServer createOfChild(HttpHandler httpHandler, ChildLink link, ReactorResourceFactory resources) {
		OutOfMemoryWatch outOfMemory = link.outOfMemory();
		addServerCustomizers(outOfMemory::watch, link.connections()::watch);
		HttpHandler watched = outOfMemory.watch(httpHandler);
		return ChildWebServer.create((adopting) -> createNetty(adopting, watched), resources, link, starting());
	}

	private ToMaster.ServerStarting starting() {
		InetAddress address = getAddress();
		return new ToMaster.ServerStarting((address != null) ? address.getHostAddress() : "", getPort(),
				this.ownLauncher);
	}

	private WebServer createNetty(ReactorResourceFactory adopting, HttpHandler httpHandler) {
		super.setResourceFactory(adopting);
		return super.getWebServer(httpHandler);
	}

}
