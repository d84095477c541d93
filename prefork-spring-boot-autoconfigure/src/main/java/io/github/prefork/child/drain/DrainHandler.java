package io.github.prefork.child.drain;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Ends a connection in the drain, as its protocol has it. There is one in the pipeline of
 * each connection. Everything belongs to the event loop of the connection.
 */
abstract class DrainHandler extends ChannelDuplexHandler {

	private static final String NAME = "prefork.drain";

	private static final String BYTES = "prefork.drain.bytes";

	private final ServerConnections connections;

	private @Nullable ChannelHandlerContext context;

	private @Nullable Duration idleTimeout;

	DrainHandler(ServerConnections connections) {
		this.connections = connections;
	}

	/**
	 * Add the handler that the protocol needs.
	 * @param pipeline a pipeline that Reactor Netty has made
	 * @param connections the connections that this one belongs to
	 */
	static void install(ChannelPipeline pipeline, ServerConnections connections) {
		if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
			Http1DrainHandler handler = new Http1DrainHandler(connections);
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, handler);
			pipeline.addBefore(pipeline.context(HttpServerCodec.class).name(), BYTES, handler.bytes());
		}
		else if (pipeline.get(Http2FrameCodec.class) != null) {
			pipeline.addBefore(NettyPipeline.H2MultiplexHandler, NAME, new Http2DrainHandler(connections));
		}
		else if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, NAME, new NegotiationDrainHandler(connections));
		}
	}

	/**
	 * Let the protocol that the connection speaks now have its handler in place of this
	 * one, which passes everything on.
	 */
	final void replace() {
		ChannelPipeline pipeline = context().pipeline();
		if (pipeline.get(BYTES) != null) {
			pipeline.remove(BYTES);
		}
		pipeline.remove(this);
		install(pipeline, this.connections);
	}

	@Override
	public final void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		added();
		beginDrain();
	}

	/**
	 * The handler has its place.
	 */
	void added() {
	}

	/**
	 * Begin the drain if it has begun for all.
	 */
	final void beginDrain() {
		Duration idleTimeout = this.connections.idleTimeout();
		if (idleTimeout != null && this.idleTimeout == null) {
			this.idleTimeout = idleTimeout;
			drain();
		}
	}

	/**
	 * The drain begins.
	 */
	abstract void drain();

	/**
	 * The time is over.
	 */
	abstract void end();

	final boolean isDraining() {
		return this.idleTimeout != null;
	}

	final void whenIdleTimeoutIsOver(Runnable command) {
		whenIdleTimeoutIsOver(Duration.ZERO, command);
	}

	final void whenIdleTimeoutIsOver(Duration since, Runnable command) {
		Duration timeout = this.idleTimeout;
		if (timeout != null) {
			context().executor().schedule(command, timeout.plus(since).toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	final ChannelHandlerContext context() {
		ChannelHandlerContext context = this.context;
		if (context == null) {
			throw new IllegalStateException("Not in a pipeline");
		}
		return context;
	}

	final ServerConnections connections() {
		return this.connections;
	}

}
