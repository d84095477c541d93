package io.github.prefork.child.drain;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;

/**
 * All connections of the main server. Safe for use by several threads.
 */
public final class ServerConnections {

	private static final Log logger = LogFactory.getLog(ServerConnections.class);

	private final Set<Channel> open = ConcurrentHashMap.newKeySet();

	private final LongAdder requests = new LongAdder();

	/** How long connections may be idle in the drain, null before it. */
	private volatile @Nullable Duration idleTimeout;

	/**
	 * Watch the connections of a server.
	 * @param server the server
	 * @return the same, watched
	 */
	public HttpServer watch(HttpServer server) {
		return server.doOnChannelInit((observer, channel, address) -> {
			add(channel);
			DrainHandler.install(channel.pipeline(), this);
		});
	}

	/**
	 * Make a handler for the channel of the main server that sees what it accepts, before
	 * an event loop takes that over.
	 * @return the handler
	 */
	public ChannelHandler acceptHandler() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object accepted) {
				if (accepted instanceof Channel channel) {
					add(channel);
				}
				context.fireChannelRead(accepted);
			}

		};
	}

	private void add(Channel channel) {
		if (this.open.add(channel)) {
			channel.closeFuture().addListener((closed) -> this.open.remove(channel));
		}
	}

	/**
	 * Begin the drain: finish what is in flight, and tell clients to send nothing more.
	 * @param idleTimeout how long a connection may be idle from now on
	 */
	public synchronized void drain(Duration idleTimeout) {
		if (this.idleTimeout == null) {
			this.idleTimeout = idleTimeout;
			each(DrainHandler::beginDrain);
		}
	}

	/**
	 * Return a future of the end of all connections that there are.
	 * @return completed when none is left
	 */
	public CompletableFuture<Void> closed() {
		return CompletableFuture
			.allOf(this.open.stream().map(ServerConnections::closed).toArray(CompletableFuture[]::new));
	}

	private static CompletableFuture<Void> closed(Channel channel) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		channel.closeFuture().addListener((future) -> closed.complete(null));
		return closed;
	}

	/**
	 * End all connections, in order where that is possible.
	 */
	public void end() {
		each(DrainHandler::end);
	}

	/**
	 * Close all connections, whatever their state.
	 */
	public void abort() {
		this.open.forEach((channel) -> execute(channel, () -> channel.unsafe().closeForcibly()));
	}

	private void each(Consumer<DrainHandler> action) {
		this.open.forEach((channel) -> execute(channel, () -> {
			DrainHandler handler = channel.pipeline().get(DrainHandler.class);
			if (handler != null) {
				action.accept(handler);
			}
		}));
	}

	private static void execute(Channel channel, Runnable command) {
		try {
			// Before it is registered it has no handler, which will see what is asked for
			if (channel.isRegistered()) {
				channel.eventLoop().execute(command);
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The event loop has ended and its connections with it", ex);
		}
	}

	@Nullable Duration idleTimeout() {
		return this.idleTimeout;
	}

	void requestReceived() {
		this.requests.increment();
	}

	/**
	 * Count the requests that have come.
	 * @return the number of requests, those that are not answered yet included
	 */
	public long requests() {
		return this.requests.sum();
	}

	/**
	 * Count the connections.
	 * @return the number of open connections
	 */
	public int connections() {
		return this.open.size();
	}

}
