package io.github.prefork.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who has connected: the first message makes a connection the control
 * connection or the listeners connection of a launch, or ends it.
 */
final class FirstMessageHandler extends ConnectionHandler<ToMaster> {

	private final NettyMasterChannel master;

	private final Duration timeout;

	private final int owner;

	private @Nullable Future<?> deadline;

	FirstMessageHandler(NettyMasterChannel master, Duration timeout, int owner) {
		super(ToMaster.class);
		this.master = master;
		this.timeout = timeout;
		this.owner = owner;
	}

	@Override
	String peer() {
		return "a process that has not claimed a place";
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws IOException {
		if (context.channel() instanceof EpollDomainSocketChannel channel
				&& channel.peerCredentials().uid() != this.owner) {
			drop(context, "it belongs to user " + channel.peerCredentials().uid());
			return;
		}
		this.deadline = context.executor()
			.schedule(() -> drop(context, "it has not said who it is within " + this.timeout.toMillis() + " ms"),
					this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ToMaster message) {
		if (!context.channel().isActive()) {
			return;
		}
		if (message instanceof ToMaster.Hello hello) {
			claim(context, hello);
		}
		else if (message instanceof ToMaster.AttachListeners attach) {
			attach(context, attach);
		}
		else {
			drop(context, "it begins with " + message.getClass().getSimpleName());
		}
	}

	private void claim(ChannelHandlerContext context, ToMaster.Hello hello) {
		Launches launches = this.master.launches();
		try {
			Launch launch = launches.claim(hello, context.channel());
			context.pipeline().replace(this, null, new MasterControlHandler(launch, launches, this.master.listener()));
			context.channel().writeAndFlush(this.master.welcome(launch));
			tell(() -> this.master.listener().claimed(launch.number(), hello));
		}
		catch (ClaimRefusedException ex) {
			LogFactory.getLog(FirstMessageHandler.class)
				.warn("Refused " + who(hello) + " as a child: " + ex.getMessage());
			context.channel().config().setAutoRead(false);
			context.writeAndFlush(new ToChild.Refused(String.valueOf(ex.getMessage())))
				.addListener(ChannelFutureListener.CLOSE);
			Launch launch = launches.ofOtherRelease(hello);
			if (launch != null) {
				tell(() -> this.master.listener().refused(launch.number(), String.valueOf(ex.getMessage())));
			}
		}
	}

	private static String who(ToMaster.Hello hello) {
		return (hello.pid() != 0) ? "the process with pid " + hello.pid() : "a process";
	}

	private void attach(ChannelHandlerContext context, ToMaster.AttachListeners attach) {
		if (!(context.channel() instanceof EpollDomainSocketChannel channel)) {
			drop(context, "listeners cannot be passed without epoll");
			return;
		}
		MasterListenersHandler listeners = new MasterListenersHandler(channel);
		Launch launch = this.master.launches().attach(attach.key(), listeners);
		if (launch == null) {
			drop(context, "its key for the listeners is not valid");
			return;
		}
		context.pipeline().replace(this, null, listeners.of(launch.toString()));
	}

}
