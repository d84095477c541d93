package io.github.prefork.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Promise;

/**
 * The child's end of the control connection: the first message answers the claim, all
 * others are for the listener.
 */
final class ChildControlHandler extends ConnectionHandler<ToChild> {

	private final Promise<ToChild.Welcome> answer;

	private final Inbox inbox;

	ChildControlHandler(Promise<ToChild.Welcome> answer, Inbox inbox) {
		super(ToChild.class);
		this.answer = answer;
		this.inbox = inbox;
	}

	@Override
	String peer() {
		return "the master";
	}

	@Override
	boolean closesWhenUnread() {
		// A master that is paused for hours is still the master
		return false;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ToChild message) {
		if (!context.channel().isActive()) {
			return;
		}
		if (message instanceof ToChild.Refused refused) {
			this.answer.tryFailure(new ClaimRefusedException(refused.reason()));
			context.close();
		}
		else if (message instanceof ToChild.Welcome welcome) {
			if (!this.answer.trySuccess(welcome)) {
				drop(context, "it answers a claim twice");
			}
		}
		else if (this.answer.isSuccess()) {
			this.inbox.add(message);
		}
		else {
			drop(context, "it begins with " + message.getClass().getSimpleName());
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.answer.isSuccess()) {
			this.inbox.closed();
		}
		else {
			this.answer.tryFailure(new ClaimRefusedException("the master closed the connection without an answer"));
		}
	}

}
