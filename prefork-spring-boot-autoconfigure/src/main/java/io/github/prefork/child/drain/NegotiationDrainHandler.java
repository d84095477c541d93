package io.github.prefork.child.drain;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Stands in until the TLS handshake has told which protocol the connection speaks.
 */
final class NegotiationDrainHandler extends DrainHandler {

	NegotiationDrainHandler(ServerConnections connections) {
		super(connections);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
			replace();
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	void drain() {
		whenIdleTimeoutIsOver(() -> {
			if (!context().isRemoved()) {
				end();
			}
		});
	}

	@Override
	void end() {
		context().channel().close();
	}

}
