package io.github.prefork.child.drain;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * The close of a connection whose client may still be sending: a socket that is closed
 * with unread data is reset, and what the client has not read yet may be lost.
 */
final class Lingering {

	private static final long LONGEST_MILLIS = 1000;

	private Lingering() {
	}

	/**
	 * Say that nothing more comes, and close when the client has closed too, or after a
	 * while. Until then the caller must read, and drop what comes.
	 * @param context the context of the caller
	 */
	static void close(ChannelHandlerContext context) {
		Channel channel = context.channel();
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound().addListener((closed) -> shutdownOutput(channel));
		}
		else {
			shutdownOutput(channel);
		}
		Future<?> end = context.executor().schedule(() -> closeNow(channel), LONGEST_MILLIS, TimeUnit.MILLISECONDS);
		channel.closeFuture().addListener((closed) -> end.cancel(false));
		context.read();
	}

	private static void shutdownOutput(Channel channel) {
		if (channel instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
		else {
			channel.close();
		}
	}

	/**
	 * Close without asking the handlers, of which one may wait for its streams.
	 * @param channel the channel
	 */
	static void closeNow(Channel channel) {
		ChannelHandlerContext first = channel.pipeline().firstContext();
		if (first != null) {
			first.close();
		}
	}

}
