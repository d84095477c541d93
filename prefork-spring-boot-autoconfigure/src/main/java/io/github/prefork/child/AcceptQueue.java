package io.github.prefork.child;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;

/**
 * The connections that the kernel holds for a listening socket until somebody accepts
 * them, read from {@code TCP_INFO}.
 */
final class AcceptQueue {

	private static final RawUnixChannelOption TCP_INFO = new RawUnixChannelOption("TCP_INFO", 6, 11, 104);

	private static final int STATE_LISTEN = 10;

	private static final int QUEUE_LENGTH_OFFSET = 24;

	private AcceptQueue() {
	}

	/**
	 * Return whether nothing is left to accept. A socket that does not listen any more,
	 * because another process has ended it, has nothing.
	 * @param listener the listening channel
	 * @return whether the accept queue is empty
	 */
	static boolean isEmpty(EpollServerSocketChannel listener) {
		try {
			ByteBuffer info = listener.config().getOption(TCP_INFO).order(ByteOrder.nativeOrder());
			return info.get(0) != STATE_LISTEN || info.getInt(QUEUE_LENGTH_OFFSET) == 0;
		}
		catch (ChannelException ex) {
			return true;
		}
	}

}
