package io.github.prefork.channel;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import org.apache.commons.logging.LogFactory;

/**
 * Reads the messages of one connection. Whatever goes wrong closes that connection only,
 * with one log line.
 *
 * @param <M> the kind of message
 */
abstract class ConnectionHandler<M extends Message> extends SimpleChannelInboundHandler<M> {

	private boolean dropped;

	ConnectionHandler(Class<M> type) {
		super(type);
	}

	/**
	 * Say whose connection this is.
	 * @return words for a log line, with slot and pid where they are known
	 */
	abstract String peer();

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			// The usual way for the connection of a killed process to end
			context.close();
		}
		else if (cause instanceof DecoderException) {
			drop(context, "bad frame, " + cause.getMessage());
		}
		else {
			drop(context, cause.toString());
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (!context.channel().isWritable() && closesWhenUnread()) {
			drop(context, "it does not read what it is sent");
		}
	}

	boolean closesWhenUnread() {
		return true;
	}

	final void drop(ChannelHandlerContext context, String reason) {
		if (!this.dropped) {
			this.dropped = true;
			LogFactory.getLog(ConnectionHandler.class)
				.warn("Closing the channel connection of " + peer() + ": " + reason);
		}
		context.close();
	}

	/**
	 * Tell a listener; what it throws is its own fault and not the connection's.
	 * @param call the call of the listener
	 */
	static void tell(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			LogFactory.getLog(ConnectionHandler.class).error("A listener of the channel failed", ex);
		}
	}

}
