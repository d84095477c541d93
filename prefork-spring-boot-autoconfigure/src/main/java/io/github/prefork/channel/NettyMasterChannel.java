package io.github.prefork.channel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MasterChannel} on a domain socket in a private directory, served by one event
 * loop thread of its own.
 */
final class NettyMasterChannel implements MasterChannel {

	/**
	 * How many bytes may wait for a peer that does not read.
	 */
	private static final WriteBufferWaterMark PENDING = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

	private final MasterOptions options;

	private final Listener listener;

	private final SocketDirectory directory;

	private final EventLoop eventLoop;

	private final Launches launches;

	private final AtomicBoolean closed = new AtomicBoolean();

	private NettyMasterChannel(MasterOptions options, Listener listener, SocketDirectory directory,
			EventLoop eventLoop) {
		this.options = options;
		this.listener = listener;
		this.directory = directory;
		this.eventLoop = eventLoop;
		this.launches = new Launches(HeartbeatBoard.create(directory.heartbeats()));
	}

	static NettyMasterChannel open(MasterOptions options, Listener listener) {
		EventLoop eventLoop = options.transport().newEventLoop();
		try {
			SocketDirectory directory = SocketDirectory.create(options.parents());
			NettyMasterChannel channel = new NettyMasterChannel(options, listener, directory, eventLoop);
			channel.bindOrClose();
			return channel;
		}
		catch (RuntimeException ex) {
			Transport.stop(eventLoop);
			throw ex;
		}
	}

	private void bindOrClose() {
		boolean bound = false;
		try {
			bind();
			bound = true;
		}
		finally {
			if (!bound) {
				close();
			}
		}
	}

	private void bind() {
		Duration timeout = this.options.firstMessageTimeout();
		int owner = this.directory.owner();
		ChannelFuture bound = new ServerBootstrap().group(this.eventLoop)
			.channel(this.options.transport().serverChannel())
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, PENDING)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new MessageDecoder(MessageCodec::readToMaster), new MessageEncoder(),
								new FirstMessageHandler(NettyMasterChannel.this, timeout, owner));
				}

			})
			.bind(this.options.transport().address(path().toString()))
			.awaitUninterruptibly();
		if (!bound.isSuccess()) {
			throw new IllegalStateException("Cannot listen on " + path(), bound.cause());
		}
	}

	Launches launches() {
		return this.launches;
	}

	Listener listener() {
		return this.listener;
	}

	ToChild.Welcome welcome(Launch launch) {
		return new ToChild.Welcome(launch.slot(), launch.generation(), this.options.heartbeatInterval().toMillis(),
				this.options.drainTimeout().toMillis(), launch.listenersKey(), launch.heartbeatCell);
	}

	@Override
	public Path path() {
		return this.directory.socket();
	}

	@Override
	public String expect(long launch, int slot, int generation) {
		return this.launches.expect(launch, slot, generation);
	}

	@Override
	public void send(long launch, ToChild message) {
		Channel control = this.launches.control(launch);
		if (control != null) {
			control.writeAndFlush(message);
		}
	}

	@Override
	public void readHeartbeats() {
		this.launches.heartbeats()
			.forEach((launch, heartbeat) -> ConnectionHandler.tell(() -> this.listener.received(launch, heartbeat)));
	}

	@Override
	public @Nullable SignOfLife lastSign(long launch) {
		return this.launches.lastSign(launch);
	}

	@Override
	public void pass(long launch, List<? extends FileDescriptor> listeners) {
		if (!this.options.transport().passesDescriptors()) {
			throw new IllegalStateException("Listeners cannot be passed without Netty's native epoll transport");
		}
		this.launches.pass(launch, listeners);
	}

	@Override
	public SocketAlarm alarm(List<? extends FileDescriptor> sockets, Runnable ring) {
		if (!this.options.transport().passesDescriptors()) {
			throw new IllegalStateException("Sockets cannot be watched without Netty's native epoll transport");
		}
		return new EpollAlarm(this.eventLoop, sockets, ring);
	}

	@Override
	public void forget(long launch) {
		this.launches.forget(launch);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.launches.close();
			Transport.stop(this.eventLoop);
			this.directory.delete();
		}
	}

}
