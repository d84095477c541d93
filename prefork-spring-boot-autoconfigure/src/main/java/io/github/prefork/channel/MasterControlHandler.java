package io.github.prefork.channel;

import io.netty.channel.ChannelHandlerContext;

/**
 * The master's end of a control connection.
 */
final class MasterControlHandler extends ConnectionHandler<ToMaster> {

	private final Launch launch;

	private final Launches launches;

	private final MasterChannel.Listener listener;

	MasterControlHandler(Launch launch, Launches launches, MasterChannel.Listener listener) {
		super(ToMaster.class);
		this.launch = launch;
		this.launches = launches;
		this.listener = listener;
	}

	@Override
	String peer() {
		return this.launch.toString();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ToMaster message) {
		if (message instanceof ToMaster.Hello || message instanceof ToMaster.AttachListeners) {
			drop(context, "it has already claimed its place");
		}
		else if (context.channel().isActive() && this.launches.knows(this.launch)) {
			if (message instanceof ToMaster.Heartbeat heartbeat) {
				this.launches.sent(this.launch, heartbeat);
			}
			tell(() -> this.listener.received(this.launch.number(), message));
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.launches.ended(this.launch)) {
			tell(() -> this.listener.closed(this.launch.number()));
		}
	}

}
