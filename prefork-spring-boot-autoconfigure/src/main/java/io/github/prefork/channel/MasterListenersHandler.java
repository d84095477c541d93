package io.github.prefork.channel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;

/**
 * The master's end of a listeners connection: nothing but descriptors goes out.
 * <p>
 * Descriptors are sent here and not by {@code Channel.write}, which ends the connection
 * with an {@link Error} when the socket's buffer is full: that is after some 270
 * descriptors that a stopped child has not read.
 */
final class MasterListenersHandler extends ConnectionHandler<ToMaster> {

	private static final long RETRY_MILLIS = 20;

	private final EpollDomainSocketChannel channel;

	private final Queue<FileDescriptor> queue = new ArrayDeque<>();

	private boolean waiting;

	private String peer = "a child";

	MasterListenersHandler(EpollDomainSocketChannel channel) {
		super(ToMaster.class);
		this.channel = channel;
	}

	MasterListenersHandler of(String peer) {
		this.peer = peer;
		return this;
	}

	@Override
	String peer() {
		return this.peer;
	}

	void pass(List<? extends FileDescriptor> descriptors) {
		List<FileDescriptor> copy = List.copyOf(descriptors);
		try {
			this.channel.eventLoop().execute(() -> {
				this.queue.addAll(copy);
				send();
			});
		}
		catch (RejectedExecutionException ex) {
			// The channel is closed, and so is the connection
		}
	}

	void close() {
		this.channel.close();
	}

	private void send() {
		try {
			while (!this.waiting && this.channel.isOpen() && !this.queue.isEmpty()) {
				send(this.queue.element());
			}
		}
		catch (IOException ex) {
			drop(this.channel.pipeline().context(this), "a listener cannot be passed, " + ex.getMessage());
		}
	}

	private void send(FileDescriptor descriptor) throws IOException {
		if (!descriptor.isOpen()) {
			// Its number may stand for something else by now
			throw new IOException("it is closed");
		}
		Socket socket = (Socket) this.channel.fd();
		if (socket.sendFd(descriptor.intValue()) > 0) {
			this.queue.remove();
		}
		else {
			this.waiting = true;
			this.channel.eventLoop().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void retry() {
		this.waiting = false;
		send();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ToMaster message) {
		drop(context, "messages do not belong on a listeners connection");
	}

}
