package io.github.prefork.child.drain;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * Ends a connection that speaks HTTP/1: the last response says {@code Connection: close}.
 * Requests may be waiting, in the decoder or in the socket, behind the one that is
 * answered. So in the drain a response is held back until all that has come is read, and
 * says so only if there is none.
 * <p>
 * The handler stands between the codec and Reactor Netty's handler of HTTP traffic, which
 * queues requests and thinks that the connection stays open.
 */
final class Http1DrainHandler extends DrainHandler {

	/**
	 * An event loop does not run a scheduled task before it has looked for input again.
	 */
	private static final long READ_MILLIS = 1;

	private final Http1Exchanges exchanges = new Http1Exchanges();

	private final HeldWrites held = new HeldWrites();

	/** How often the connection has become idle. */
	private int idleTimes;

	/** Whether the client was told that the connection closes. */
	private boolean last;

	/** Whether what comes is read and dropped. */
	private boolean dropping;

	/** Whether the server has said all. */
	private boolean ended;

	Http1DrainHandler(ServerConnections connections) {
		super(connections);
	}

	/**
	 * Make a handler that sees the bytes from which the codec makes requests.
	 * @return the handler
	 */
	ChannelHandler bytes() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object bytes) {
				Http1DrainHandler.this.exchanges.bytesReceived();
				context.fireChannelRead(bytes);
			}

		};
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2Frame) {
			replace();
			context.fireChannelRead(message);
		}
		else if (this.dropping || (this.last && message instanceof HttpRequest)) {
			// After its last response a server must not process another request
			this.dropping = true;
			ReferenceCountUtil.release(message);
		}
		else {
			if (this.exchanges.received(message)) {
				connections().requestReceived();
			}
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.exchanges.readComplete();
		context.fireChannelReadComplete();
		if (this.dropping) {
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.held.isActive()) {
			this.held.add(message, promise);
		}
		else if (isDraining() && !this.last && Http1Exchanges.keepsAlive(message)) {
			this.held.begin();
			this.held.add(message, promise);
			context.read();
			context.executor().schedule(this::release, READ_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			send(message, promise);
		}
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		if (this.held.isActive()) {
			this.held.flush();
		}
		else {
			context.flush();
		}
	}

	private void release() {
		if (this.held.isActive() && !this.ended) {
			this.last = this.exchanges.isLast();
			this.held.release(this::sendHeld, context()::flush);
		}
	}

	private void sendHeld(Object message, ChannelPromise promise) {
		if (this.last && message instanceof HttpResponse response) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		send(message, promise);
	}

	private void send(Object message, ChannelPromise promise) {
		boolean complete = this.exchanges.sent(message);
		if (complete && this.last) {
			context().write(message, promise.unvoid())
				.addListener((written) -> context().executor().execute(this::linger));
			return;
		}
		context().write(message, promise);
		if (complete && isDraining()) {
			awaitRequest();
		}
	}

	private void linger() {
		this.dropping = true;
		this.ended = true;
		Lingering.close(context());
	}

	@Override
	void drain() {
		awaitRequest();
	}

	private void awaitRequest() {
		int idle = ++this.idleTimes;
		whenIdleTimeoutIsOver(() -> {
			if (!context().isRemoved() && idle == this.idleTimes && this.exchanges.isIdle() && !this.last) {
				context().channel().close();
			}
		});
	}

	@Override
	void end() {
		release();
		if (this.exchanges.isUpgraded()) {
			leaveWebSocket();
		}
		else if (this.exchanges.isEventStream() && !this.ended) {
			this.held.begin();
			context().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
				.addListener((written) -> context().executor().execute(this::linger));
		}
		else if (!this.ended) {
			context().channel().close();
		}
	}

	private void leaveWebSocket() {
		if (ChannelOperations.get(context().channel()) instanceof WebsocketOutbound socket) {
			socket
				.sendClose(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(),
						WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.reasonText())
				.subscribe();
		}
		else {
			context().channel().close();
		}
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		release();
		context.close(promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.held.fail(new ClosedChannelException());
		context.fireChannelInactive();
	}

}
