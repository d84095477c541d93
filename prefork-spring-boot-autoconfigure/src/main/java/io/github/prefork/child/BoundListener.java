package io.github.prefork.child;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.socket.ServerSocketChannel;

/**
 * A socket that this child binds itself, on any transport of Netty's but epoll, where
 * {@link AdoptedListener} can do more. It accepts from the start: what waits in its queue
 * no sibling could accept.
 */
final class BoundListener extends ChannelOutboundHandlerAdapter implements ServerListener {

	private final ServerSocketChannel channel;

	private final SocketAddress address;

	private BoundListener(ServerSocketChannel channel, SocketAddress address) {
		this.channel = channel;
		this.address = address;
	}

	static BoundListener of(ServerSocketChannel channel, SocketAddress address) {
		BoundListener listener = new BoundListener(channel, address);
		channel.pipeline().addFirst(listener);
		return listener;
	}

	@Override
	public ServerSocketChannel channel() {
		return this.channel;
	}

	@Override
	public void bind(ChannelHandlerContext context, SocketAddress localAddress, ChannelPromise promise) {
		// The port is the master's, whatever the configuration says
		new WantedAddress(localAddress).warnUnlessMetBy(this.address);
		context.bind(this.address, promise);
	}

	@Override
	public void accept(boolean accepting) {
		// The kernel goes on giving it connections, and nobody else could take them
	}

	@Override
	public CompletableFuture<Void> close(boolean last) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.channel.close().addListener((future) -> closed.complete(null));
		return closed;
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		acceptQueued();
		context.close(promise);
	}

	private void acceptQueued() {
		if (this.channel.isActive() && this.channel.unsafe() instanceof AbstractNioChannel.NioUnsafe unsafe) {
			this.channel.config()
				.setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator().respectMaybeMoreData(false)
					.maxMessagesPerRead(Integer.MAX_VALUE));
			unsafe.read();
		}
	}

	@Override
	public void abandon() {
		if (this.channel.isRegistered()) {
			this.channel.close();
		}
		else {
			this.channel.unsafe().closeForcibly();
		}
	}

}
