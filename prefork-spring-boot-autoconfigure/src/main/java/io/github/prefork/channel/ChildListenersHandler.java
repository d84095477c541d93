package io.github.prefork.channel;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.FileDescriptor;
import org.apache.commons.logging.LogFactory;

/**
 * The child's end of the listeners connection: nothing but descriptors comes in.
 */
final class ChildListenersHandler extends ChannelInboundHandlerAdapter {

	private final Inbox inbox;

	private final Runnable lost;

	ChildListenersHandler(Inbox inbox, Runnable lost) {
		this.inbox = inbox;
		this.lost = lost;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof FileDescriptor descriptor) {
			this.inbox.add(descriptor);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.lost.run();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		warn("The listeners connection to the master has failed", cause);
		context.close();
	}

	static void warn(String text, Throwable cause) {
		LogFactory.getLog(ChildListenersHandler.class).warn(text, cause);
	}

	static void close(FileDescriptor descriptor) {
		try {
			descriptor.close();
		}
		catch (IOException ex) {
			warn("Cannot close a listener", ex);
		}
	}

}
