package io.github.prefork.channel;

import java.util.concurrent.ScheduledExecutorService;

import io.netty.channel.unix.FileDescriptor;

/**
 * The child's end of the channel, after an accepted claim. All methods may be called by
 * any thread.
 */
public interface ChildChannel extends AutoCloseable {

	/**
	 * Return what the master said to the claim.
	 * @return the welcome
	 */
	ToChild.Welcome welcome();

	/**
	 * Set who is told; messages that came earlier are delivered first.
	 * @param listener the listener
	 * @throws IllegalStateException if there is one already
	 */
	void listen(Listener listener);

	/**
	 * Give the master a sign of life, to be called by one thread at a time. It is not
	 * woken for it: it looks at it when it next has to know.
	 * @param heartbeat the sign of life
	 */
	void beat(ToMaster.Heartbeat heartbeat);

	/**
	 * Send a message; dropped if the master is gone. Heartbeats are dropped as well while
	 * the master does not read.
	 * @param message the message
	 */
	void send(ToMaster message);

	/**
	 * Open the listeners connection, on which the master passes its listeners. Does not
	 * wait for it.
	 * @throws IllegalStateException if it was already opened, or if Netty's native epoll
	 * transport is not available
	 */
	void attachListeners();

	/**
	 * Return the channel's own thread, which no application code runs on. It lives on
	 * when the master is gone, until {@link #close()}.
	 * @return an executor with one daemon thread
	 */
	ScheduledExecutorService executor();

	/**
	 * Close both connections and end the channel's thread; the listener learns nothing
	 * more, and listeners that nobody took over are closed. May be repeated.
	 */
	@Override
	void close();

	/**
	 * What the child learns; called on the channel's thread.
	 */
	interface Listener {

		/**
		 * The master has sent a message.
		 * @param message the message
		 */
		void received(ToChild message);

		/**
		 * The master has passed a listener; they come in index order.
		 * @param listener the descriptor, now the child's own
		 */
		void passed(FileDescriptor listener);

		/**
		 * The control connection has ended: the master is gone or has closed it.
		 */
		void closed();

	}

}
