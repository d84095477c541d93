package io.github.prefork.child.drain;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection that speaks HTTP/2, as RFC 9113, 6.8 has it: a first GOAWAY asks for
 * no more streams and refuses none, a second one says which was the last. The connection
 * is closed when none is left.
 * <p>
 * The handler stands between the codec and the handler that makes a channel of each
 * stream.
 */
final class Http2DrainHandler extends DrainHandler {

	private static final long PING = 0x7072_6566_6f72_6bL;

	/** How long the answer to the ping may take beyond the idle timeout. */
	private static final Duration LONGEST_PING = Duration.ofSeconds(1);

	/** Streams whose response is a stream of events. */
	private final Set<Http2FrameStream> eventStreams = new HashSet<>();

	private final HeldWrites held = new HeldWrites();

	private int lastStream;

	/** How many of ping answer and idle timeout are still to come. */
	private int awaited = 2;

	/** Whether no further stream is accepted. */
	private boolean last;

	/** Whether the server has said all. */
	private boolean ended;

	Http2DrainHandler(ServerConnections connections) {
		super(connections);
	}

	@Override
	void added() {
		connection().addListener(new Http2ConnectionAdapter() {

			@Override
			public void onStreamRemoved(Http2Stream stream) {
				if (Http2DrainHandler.this.last) {
					context().executor().execute(Http2DrainHandler.this::closeWithoutStreams);
				}
			}

		});
	}

	private Http2Connection connection() {
		return context().pipeline().get(Http2FrameCodec.class).connection();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.ended) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof Http2PingFrame ping && ping.ack() && ping.content() == PING) {
			goAwayFinally();
			return;
		}
		if (message instanceof Http2HeadersFrame headers && headers.stream().id() > this.lastStream) {
			this.lastStream = headers.stream().id();
			connections().requestReceived();
		}
		else if (message instanceof Http2ResetFrame reset) {
			this.eventStreams.remove(reset.stream());
		}
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.fireChannelReadComplete();
		if (this.ended) {
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.ended) {
			this.held.add(message, promise);
			return;
		}
		if (message instanceof Http2HeadersFrame headers) {
			sent(headers.stream(), headers.isEndStream());
			if (!headers.isEndStream() && isEventStream(headers)) {
				this.eventStreams.add(headers.stream());
			}
		}
		else if (message instanceof Http2DataFrame data) {
			sent(data.stream(), data.isEndStream());
		}
		else if (message instanceof Http2ResetFrame reset) {
			sent(reset.stream(), true);
		}
		context.write(message, promise);
	}

	private void sent(Http2FrameStream stream, boolean end) {
		if (end) {
			this.eventStreams.remove(stream);
		}
	}

	private static boolean isEventStream(Http2HeadersFrame headers) {
		return EventStreams.isType(headers.headers().get(HttpHeaderNames.CONTENT_TYPE));
	}

	@Override
	void drain() {
		context().write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
		context().writeAndFlush(new DefaultHttp2PingFrame(PING));
		whenIdleTimeoutIsOver(this::goAwayFinally);
		whenIdleTimeoutIsOver(LONGEST_PING, this::goAwayFinally);
	}

	/**
	 * What the client has sent before it knew has arrived when it answers the ping, and
	 * what it had on its way to another thread soon after.
	 */
	private void goAwayFinally() {
		if (--this.awaited == 0 && !this.ended) {
			context().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
			this.last = true;
			closeWithoutStreams();
		}
	}

	private void closeWithoutStreams() {
		if (!this.ended && connection().numActiveStreams() == 0) {
			linger();
		}
	}

	private void linger() {
		this.ended = true;
		Lingering.close(context());
	}

	@Override
	void end() {
		if (!this.ended) {
			this.eventStreams.forEach((stream) -> context().write(new DefaultHttp2DataFrame(true).stream(stream)));
			context().flush();
			linger();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.held.fail(new ClosedChannelException());
		context.fireChannelInactive();
	}

}
