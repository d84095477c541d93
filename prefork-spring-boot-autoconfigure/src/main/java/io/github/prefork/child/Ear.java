package io.github.prefork.child;

import java.util.function.IntConsumer;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.netty.channel.unix.FileDescriptor;

/**
 * Hands what the master says to those who do it.
 *
 * @param channel the channel to the master
 * @param listeners the listeners of this child
 * @param place its slot, and whether it leads
 * @param examination tells what hangs in it
 * @param departure the ways in which it goes
 * @param requests what it has asked its master
 * @param survey writes to the log what each child does, for a number of children
 * @param atEnd called when the channel has ended
 */
record Ear(ChildChannel channel, ServerListeners listeners, ChildPlace place, Examination examination,
		Departure departure, MasterRequests requests, IntConsumer survey,
		Runnable atEnd) implements ChildChannel.Listener {

	@Override
	public void received(ToChild message) {
		if (message instanceof ToChild.ListenersOffered offered) {
			this.channel.attachListeners();
			this.listeners.passed().offered(offered);
		}
		else if (message instanceof ToChild.Bind bind) {
			this.listeners.passed().toBind(bind);
		}
		else if (message instanceof ToChild.Accept accept) {
			this.listeners.accept(accept);
		}
		else if (message instanceof ToChild.Assign assign) {
			this.place.assign(assign.slot());
		}
		else if (message instanceof ToChild.Lead lead) {
			this.place.lead(lead.leader());
		}
		else if (message instanceof ToChild.Survey wanted) {
			this.survey.accept(wanted.children());
		}
		else if (message instanceof ToChild.CloseListeners close) {
			this.listeners.close(close);
		}
		else if (message instanceof ToChild.Examine) {
			this.examination.start(this.channel::send, this.channel.executor());
		}
		else if (message instanceof ToChild.Drain) {
			this.departure.drain();
		}
		else if (message instanceof ToChild.FleetReported reported) {
			this.requests.received(reported);
		}
		else if (message instanceof ToChild.OperationReported reported) {
			this.requests.received(reported);
		}
	}

	@Override
	public void passed(FileDescriptor listener) {
		this.listeners.passed().passed(listener);
	}

	@Override
	public void closed() {
		this.requests.close();
		this.atEnd.run();
		this.departure.masterLoss().channelClosed();
	}

}
