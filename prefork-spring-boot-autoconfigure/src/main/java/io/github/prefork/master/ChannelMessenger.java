package io.github.prefork.master;

import java.util.Set;

import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.master.listener.FleetListeners;
import io.github.prefork.supervisor.Messenger;

/**
 * Says to the children over the channel what the supervisor says.
 */
final class ChannelMessenger implements Messenger {

	private final MasterChannel channel;

	private final FleetListeners listeners;

	private final ChildRequests requests;

	ChannelMessenger(MasterChannel channel, FleetListeners listeners, ChildRequests requests) {
		this.channel = channel;
		this.listeners = listeners;
		this.requests = requests;
	}

	@Override
	public void passListeners(long launch, int own) {
		this.listeners.offer(this.channel, launch, own);
	}

	@Override
	public void passMore(long launch, int first) {
		this.listeners.offerMore(this.channel, launch, first);
	}

	@Override
	public void accept(long launch, long version, Set<Integer> listeners) {
		this.channel.send(launch, new ToChild.Accept(version, listeners));
	}

	@Override
	public void assign(long launch, int slot) {
		this.channel.send(launch, new ToChild.Assign(slot));
	}

	@Override
	public void lead(long launch, boolean leader) {
		this.channel.send(launch, new ToChild.Lead(leader));
	}

	@Override
	public void survey(long launch, int children) {
		this.channel.send(launch, new ToChild.Survey(children));
	}

	@Override
	public void closeListeners(long launch, long request, Set<Integer> listeners, boolean last) {
		this.channel.send(launch, new ToChild.CloseListeners(request, listeners, last));
	}

	@Override
	public void examine(long launch) {
		this.channel.send(launch, new ToChild.Examine());
	}

	@Override
	public void drain(long launch) {
		this.requests.leaving(launch);
		this.channel.send(launch, new ToChild.Drain());
	}

	@Override
	public void forget(long launch) {
		this.channel.forget(launch);
		this.requests.forget(launch);
	}

}
