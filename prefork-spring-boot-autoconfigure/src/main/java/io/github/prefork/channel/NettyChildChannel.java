package io.github.prefork.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChildChannel} on two domain sockets, served by one event loop thread.
 */
final class NettyChildChannel implements ChildChannel {

	private final Transport transport;

	private final SocketAddress address;

	private final EventLoop eventLoop;

	private final Promise<ToChild.Welcome> answer;

	private final Inbox inbox = new Inbox();

	private final AtomicBoolean listening = new AtomicBoolean();

	private final AtomicBoolean attached = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable Channel control;

	private final Path path;

	private boolean opened;

	private @Nullable HeartbeatFile heartbeats;

	NettyChildChannel(String path, Transport transport) {
		this.path = Path.of(path);
		this.transport = transport;
		this.address = transport.address(path);
		this.eventLoop = transport.newEventLoop();
		this.answer = this.eventLoop.newPromise();
	}

	void claim(ToMaster.Hello hello, Duration timeout) throws ClaimRefusedException {
		connect(hello);
		try {
			if (!this.answer.await(timeout.toMillis())) {
				throw new ClaimRefusedException("the master did not answer within " + timeout.toMillis() + " ms");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ClaimRefusedException("interrupted while waiting for the master's answer", ex);
		}
		if (!this.answer.isSuccess()) {
			Throwable cause = this.answer.cause();
			throw new ClaimRefusedException(String.valueOf(cause.getMessage()), cause);
		}
	}

	private void connect(ToMaster.Hello hello) {
		ChannelFuture connected = bootstrap().handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline()
					.addLast(new MessageDecoder(MessageCodec::readToChild), new MessageEncoder(),
							new ChildControlHandler(NettyChildChannel.this.answer, NettyChildChannel.this.inbox));
			}

		}).connect(this.address);
		this.control = connected.channel();
		connected.addListener((future) -> {
			if (future.isSuccess()) {
				connected.channel().writeAndFlush(hello);
			}
			else {
				this.answer.tryFailure(new ClaimRefusedException(
						"there is no master at " + this.address + ", " + future.cause().getMessage(), future.cause()));
			}
		});
	}

	private Bootstrap bootstrap() {
		return new Bootstrap().group(this.eventLoop).channel(this.transport.clientChannel()).disableResolver();
	}

	@Nullable Channel control() {
		return this.control;
	}

	Inbox inbox() {
		return this.inbox;
	}

	@Override
	public ToChild.Welcome welcome() {
		return this.answer.getNow();
	}

	@Override
	public void listen(Listener listener) {
		if (!this.listening.compareAndSet(false, true)) {
			throw new IllegalStateException("The channel already has a listener");
		}
		execute(() -> this.inbox.listen(listener));
	}

	@Override
	public void beat(ToMaster.Heartbeat heartbeat) {
		Channel control = this.control;
		HeartbeatFile heartbeats = heartbeats();
		if (heartbeats == null) {
			send(heartbeat);
		}
		else if (control != null && control.isActive()) {
			// Later the cell may be somebody else's
			write(heartbeats, heartbeat);
		}
	}

	private void write(HeartbeatFile heartbeats, ToMaster.Heartbeat heartbeat) {
		try {
			heartbeats.beat(welcome().heartbeatCell(), heartbeat);
		}
		catch (IOException ex) {
			ChildListenersHandler.warn("Heartbeats can't be written; they are sent as messages", ex);
			this.heartbeats = null;
			send(heartbeat);
		}
	}

	private @Nullable HeartbeatFile heartbeats() {
		if (!this.opened && welcome().heartbeatCell() != HeartbeatBoard.NO_CELL) {
			this.opened = true;
			this.heartbeats = openHeartbeats();
		}
		return this.heartbeats;
	}

	private @Nullable HeartbeatFile openHeartbeats() {
		try {
			return HeartbeatFile.open(HeartbeatFile.places(this.path), this.path);
		}
		catch (IOException ex) {
			ChildListenersHandler.warn("Heartbeats are sent as messages, since there is no memory to share", ex);
			return null;
		}
	}

	@Override
	public void send(ToMaster message) {
		Channel control = this.control;
		if (control == null || (message instanceof ToMaster.Heartbeat && !control.isWritable())) {
			// A paused master needs no heartbeat of the past when it resumes
			return;
		}
		control.writeAndFlush(message);
	}

	@Override
	public void attachListeners() {
		if (!this.transport.passesDescriptors()) {
			throw new IllegalStateException("Listeners cannot be passed without Netty's native epoll transport");
		}
		if (!this.attached.compareAndSet(false, true)) {
			throw new IllegalStateException("The listeners connection was already opened");
		}
		// The mode comes before the connection: read as bytes, descriptors would be lost
		ChannelFuture connected = bootstrap()
			.option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new MessageEncoder(), new ChildListenersHandler(NettyChildChannel.this.inbox,
								NettyChildChannel.this::listenersLost));
				}

			})
			.connect(this.address);
		connected.addListener((future) -> {
			if (future.isSuccess()) {
				connected.channel().writeAndFlush(new ToMaster.AttachListeners(welcome().listenersKey()));
			}
			else if (!this.closed.get()) {
				ChildListenersHandler.warn("Cannot open the listeners connection to the master", future.cause());
				listenersLost();
			}
		});
	}

	private void listenersLost() {
		// Without it a child waits for listeners that never come: the channel is lost
		Channel control = this.control;
		if (control != null) {
			control.close();
		}
	}

	@Override
	public ScheduledExecutorService executor() {
		return this.eventLoop;
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			execute(this.inbox::discard);
			Transport.stop(this.eventLoop);
		}
	}

	private void execute(Runnable task) {
		try {
			this.eventLoop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The channel is closed: there is nothing to deliver
		}
	}

}
