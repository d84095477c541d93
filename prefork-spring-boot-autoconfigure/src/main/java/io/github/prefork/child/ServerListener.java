package io.github.prefork.child;

import java.util.concurrent.CompletableFuture;

import io.netty.channel.socket.ServerSocketChannel;

/**
 * A listening socket of this child. Everything but {@link #channel()} belongs to the
 * event loop of its channel.
 */
interface ServerListener {

	/**
	 * Return the channel.
	 * @return the channel
	 */
	ServerSocketChannel channel();

	/**
	 * Accept, or stop accepting. In force when the method returns, unless accepting fails
	 * at the moment.
	 * @param accepting whether to accept
	 */
	void accept(boolean accepting);

	/**
	 * Close the listener in this process.
	 * @param last whether to accept what is queued first and then to end the socket for
	 * all processes that hold it
	 * @return completed when the descriptor is closed
	 */
	CompletableFuture<Void> close(boolean last);

	/**
	 * Give back what an unregistered channel holds, or close a registered one.
	 */
	void abandon();

}
