package io.github.prefork.child;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.prefork.channel.ToMaster;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * A listener on epoll in this child, in general the master's, and the first handler in
 * the pipeline of its channel: it alone decides whether the channel accepts. Everything
 * but the creation and the accessors belongs to the channel's event loop.
 */
final class AdoptedListener extends ChannelDuplexHandler implements ServerListener {

	private static final int MAX_FAILURES_AT_END = 3;

	private static final Log logger = LogFactory.getLog(AdoptedListener.class);

	private final int index;

	private final EpollServerSocketChannel channel;

	private final @Nullable AdoptedListener main;

	/** What to bind to; null if the master has bound it. */
	private final @Nullable SocketAddress address;

	private final AcceptHealth health;

	private final ServerChannelRecvByteBufAllocator allocator = new ServerChannelRecvByteBufAllocator();

	private final CompletableFuture<Void> gone = new CompletableFuture<>();

	private boolean accepting;

	private boolean ending;

	private int failuresAtEnd;

	private boolean released;

	private @Nullable ChannelHandlerContext context;

	private AdoptedListener(int index, EpollServerSocketChannel channel, @Nullable AdoptedListener main,
			@Nullable SocketAddress address, Consumer<ToMaster> master) {
		this.index = index;
		this.channel = channel;
		this.main = main;
		this.address = address;
		this.health = new AcceptHealth(index, this.channel, master, this::switchReading);
	}

	/**
	 * Make a channel of a descriptor. It accepts nothing yet.
	 * @param index the index of the listener
	 * @param descriptor the descriptor, from now on the channel's
	 * @param main the listener of the main server, which takes what this one accepts, or
	 * {@code null} to make that one
	 * @param master sends a message to the master
	 * @return the listener, its channel not registered yet
	 */
	static AdoptedListener adopt(int index, FileDescriptor descriptor, @Nullable AdoptedListener main,
			Consumer<ToMaster> master) {
		return prepare(
				new AdoptedListener(index, new EpollServerSocketChannel(descriptor.intValue()), main, null, master));
	}

	/**
	 * Take a channel that this child binds itself. It accepts nothing yet.
	 * @param channel the channel, not registered yet
	 * @param address what to bind to
	 * @param master sends a message to the master
	 * @return the listener of the main server
	 */
	static AdoptedListener own(EpollServerSocketChannel channel, SocketAddress address, Consumer<ToMaster> master) {
		return prepare(new AdoptedListener(0, channel, null, address, master));
	}

	private static AdoptedListener prepare(AdoptedListener listener) {
		// One connection a turn as Netty's default has it, but none left at the end
		listener.allocator.respectMaybeMoreData(false).maxMessagesPerRead(1);
		EpollServerSocketChannel channel = listener.channel;
		channel.config().setRecvByteBufAllocator(listener.allocator).setAutoRead(false);
		channel.pipeline().addFirst(listener);
		channel.closeFuture().addListener((future) -> {
			listener.health.end();
			listener.gone.complete(null);
		});
		return listener;
	}

	@Override
	public EpollServerSocketChannel channel() {
		return this.channel;
	}

	/**
	 * Return the message that tells the master that the listener is here.
	 * @return the message
	 */
	ToMaster held() {
		InetSocketAddress address = this.channel.localAddress();
		return new ToMaster.ListenerHeld(this.index, (address != null) ? address.getPort() : -1);
	}

	@Override
	public void accept(boolean accepting) {
		if (this.ending || this.gone.isDone()) {
			return;
		}
		this.accepting = accepting;
		switchReading();
	}

	@Override
	public CompletableFuture<Void> close(boolean last) {
		if (!this.ending && !this.gone.isDone()) {
			this.ending = true;
			if (mayEnd(last) && !AcceptQueue.isEmpty(this.channel)) {
				this.allocator.maxMessagesPerRead(Integer.MAX_VALUE);
				switchReading();
			}
			else {
				release(mayEnd(last));
			}
		}
		return this.gone;
	}

	private boolean mayEnd(boolean last) {
		// Nobody else holds a socket of its own
		return last || this.address != null;
	}

	@Override
	public void abandon() {
		if (this.channel.isRegistered()) {
			this.channel.close();
		}
		else {
			PassedListeners.close(this.channel.fd());
		}
	}

	private boolean mayRead() {
		return !this.released && (this.ending || (this.accepting && !this.health.isPaused()));
	}

	private void switchReading() {
		boolean read = mayRead();
		this.channel.config().setAutoRead(read);
		if (read) {
			// Auto-read may have been on already, with a read that was held back
			this.channel.read();
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void bind(ChannelHandlerContext context, SocketAddress localAddress, ChannelPromise promise) {
		new WantedAddress(localAddress).warnUnlessMetBy(listensOn());
		if (this.address != null) {
			context.bind(this.address, promise);
		}
		else {
			// The master has bound it
			promise.setSuccess();
		}
	}

	private @Nullable SocketAddress listensOn() {
		return (this.address != null) ? this.address : this.channel.localAddress();
	}

	@Override
	public void read(ChannelHandlerContext context) {
		// Reactor Netty's acceptor may switch auto-read on by itself
		if (mayRead()) {
			context.read();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object accepted) {
		if (!this.health.isPaused()) {
			this.health.works();
		}
		ChannelHandlerContext server = (this.main != null) ? this.main.context : context;
		if (server == null || server.isRemoved()) {
			((Channel) accepted).unsafe().closeForcibly();
			return;
		}
		server.fireChannelRead(accepted);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.ending && AcceptQueue.isEmpty(this.channel)) {
			release(true);
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.ending) {
			if (!this.released && ++this.failuresAtEnd >= MAX_FAILURES_AT_END) {
				logger.warn("Closing listener " + this.index + " with connections that cannot be accepted: " + cause);
				release(true);
			}
			return;
		}
		this.health.failed(cause);
	}

	private void release(boolean endForAll) {
		this.released = true;
		this.health.end();
		switchReading();
		if (endForAll) {
			endForAll();
		}
		if (this.main != null) {
			this.channel.close();
		}
		else {
			retire();
		}
	}

	private void endForAll() {
		try {
			new Socket(this.channel.fd().intValue()).shutdown();
		}
		catch (IOException | NotYetConnectedException ex) {
			// Another process has ended it already
			logger.debug(LogMessage.format("Cannot shut down listener %s", this.index), ex);
		}
	}

	/**
	 * Close the descriptor of the main server's channel but not the channel: a closed
	 * channel means a disposed server to Reactor Netty, which then no longer waits for
	 * requests in flight, and ends Boot's thread that keeps the JVM alive. The channel
	 * closes when Boot stops the server.
	 */
	private void retire() {
		this.channel.deregister().addListener((future) -> {
			PassedListeners.close(this.channel.fd());
			this.gone.complete(null);
		});
	}

}
