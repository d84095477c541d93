package io.github.prefork.child;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The application's event loops, where the first server channel that is asked for is made
 * from a listener of the master.
 */
final class AdoptingLoopResources implements LoopResources {

	private final LoopResources delegate;

	private final MainChannel main;

	private final LoopProbe probe;

	private final AtomicBoolean adopted = new AtomicBoolean();

	/**
	 * Create the resources.
	 * @param delegate the application's
	 * @param main makes the channel of the main server
	 * @param probe is told the event loops of the server
	 */
	AdoptingLoopResources(LoopResources delegate, MainChannel main, LoopProbe probe) {
		this.delegate = delegate;
		this.main = main;
		this.probe = probe;
	}

	@Override
	public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
		if (channelType.equals(ServerSocketChannel.class) && this.adopted.compareAndSet(false, true)) {
			return channelType.cast(this.main.open(onChannelClass(channelType, group),
					() -> (ServerSocketChannel) this.delegate.onChannel(channelType, group)));
		}
		return this.delegate.onChannel(channelType, group);
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
		return this.delegate.onChannelClass(channelType, group);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		EventLoopGroup group = this.delegate.onServer(useNative);
		this.probe.watch(group);
		return group;
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.delegate.onServerSelect(useNative);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.delegate.onClient(useNative);
	}

	@Override
	public boolean daemon() {
		return this.delegate.daemon();
	}

	@Override
	public boolean isDisposed() {
		return this.delegate.isDisposed();
	}

	@Override
	public void dispose() {
		this.delegate.dispose();
	}

	@Override
	public Mono<Void> disposeLater() {
		return this.delegate.disposeLater();
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return this.delegate.disposeLater(quietPeriod, timeout);
	}

	/**
	 * Makes the channel of the main server.
	 */
	@FunctionalInterface
	interface MainChannel {

		/**
		 * Make the channel.
		 * @param type the class of the channels that the event loops need
		 * @param ordinary makes an ordinary one
		 * @return the channel, not registered yet
		 */
		ServerSocketChannel open(Class<?> type, Supplier<? extends ServerSocketChannel> ordinary);

	}

}
