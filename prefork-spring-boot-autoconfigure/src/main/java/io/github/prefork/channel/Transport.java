package io.github.prefork.channel;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Where the domain sockets come from.
 */
enum Transport {

	/**
	 * Netty's native epoll, which can pass descriptors.
	 */
	EPOLL {

		@Override
		IoHandlerFactory ioHandlerFactory() {
			return EpollIoHandler.newFactory();
		}

		@Override
		Class<? extends ServerChannel> serverChannel() {
			return EpollServerDomainSocketChannel.class;
		}

		@Override
		Class<? extends Channel> clientChannel() {
			return EpollDomainSocketChannel.class;
		}

		@Override
		SocketAddress address(String path) {
			return new DomainSocketAddress(path);
		}

	},

	/**
	 * The JDK's domain sockets, for messages only.
	 */
	NIO {

		@Override
		IoHandlerFactory ioHandlerFactory() {
			return NioIoHandler.newFactory();
		}

		@Override
		Class<? extends ServerChannel> serverChannel() {
			return NioServerDomainSocketChannel.class;
		}

		@Override
		Class<? extends Channel> clientChannel() {
			return NioDomainSocketChannel.class;
		}

		@Override
		SocketAddress address(String path) {
			return UnixDomainSocketAddress.of(path);
		}

	};

	/**
	 * The name of the channel's thread.
	 */
	static final String THREAD = "prefork-channel";

	private static final long STOP_SECONDS = 5;

	static Transport best() {
		return Epoll.isAvailable() ? EPOLL : NIO;
	}

	abstract IoHandlerFactory ioHandlerFactory();

	abstract Class<? extends ServerChannel> serverChannel();

	abstract Class<? extends Channel> clientChannel();

	abstract SocketAddress address(String path);

	boolean passesDescriptors() {
		return this == EPOLL;
	}

	/**
	 * Make an event loop of one daemon thread. There is no group around it because the
	 * end of a group starts Netty's global executor, a thread that outlives us.
	 * @return the event loop
	 */
	EventLoop newEventLoop() {
		return new ClosingEventLoop(ioHandlerFactory());
	}

	private static Thread newThread(Runnable runnable) {
		Thread thread = new FastThreadLocalThread(runnable, THREAD);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Close all channels of an event loop and wait for its end, unless the caller runs on
	 * it. Messages that were sent before are written first, as far as the peer reads.
	 * @param eventLoop the event loop
	 */
	static void stop(EventLoop eventLoop) {
		boolean outside = !eventLoop.inEventLoop();
		if (outside && !eventLoop.isShuttingDown()) {
			// A loop that shuts down closes its channels before it runs queued writes
			eventLoop.submit(() -> {
			}).awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
		}
		eventLoop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
		if (outside) {
			eventLoop.terminationFuture().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
		}
	}

	/**
	 * An event loop that closes all its channels when it ends. Netty's own may end
	 * without that, if it is told to in the moment between its look at whether it shuts
	 * down, upon which it would close them, and the end of the same round; the peers
	 * would then never learn that the connection has ended.
	 */
	private static final class ClosingEventLoop extends SingleThreadIoEventLoop {

		private boolean lastRound;

		ClosingEventLoop(IoHandlerFactory ioHandlerFactory) {
			super(null, Transport::newThread, ioHandlerFactory);
		}

		@Override
		protected boolean confirmShutdown() {
			if (isShuttingDown() && !this.lastRound) {
				this.lastRound = true;
				// So that the round does not wait for anything
				execute(() -> {
				});
				return false;
			}
			return super.confirmShutdown();
		}

	}

}
