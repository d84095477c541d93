package io.github.prefork.channel;

import java.nio.file.Path;
import java.util.List;

import io.netty.channel.unix.FileDescriptor;

/**
 * The master's end of the channel. All methods may be called by any thread and none of
 * them waits for a child.
 */
public interface MasterChannel extends AutoCloseable {

	/**
	 * Return the path of the socket that children connect to.
	 * @return the path
	 */
	Path path();

	/**
	 * Expect the child of a launch to claim its place.
	 * @param launch the number of the launch
	 * @param slot the slot of the child
	 * @param generation the rollout that the child belongs to
	 * @return the one-time token that the child has to claim with
	 */
	String expect(long launch, int slot, int generation);

	/**
	 * Send a message; dropped if the child is not connected.
	 * @param launch the number of the launch
	 * @param message the message
	 */
	void send(long launch, ToChild message);

	/**
	 * Pass listeners to a child, in this order, as soon as its listeners connection is
	 * there.
	 * @param launch the number of the launch
	 * @param listeners the descriptors; they stay open and the caller's
	 */
	void pass(long launch, List<? extends FileDescriptor> listeners);

	/**
	 * Forget a launch: its token is void and its connections are closed.
	 * @param launch the number of the launch
	 */
	void forget(long launch);

	/**
	 * Close all connections and remove the socket and its directory.
	 */
	@Override
	void close();

	/**
	 * What the master learns; called on the channel's thread, so no method may block.
	 */
	interface Listener {

		/**
		 * A child has claimed its place.
		 * @param launch the number of the launch
		 * @param hello what it said
		 */
		void claimed(long launch, ToMaster.Hello hello);

		/**
		 * A child has sent a message.
		 * @param launch the number of the launch
		 * @param message the message
		 */
		void received(long launch, ToMaster message);

		/**
		 * The control connection of a child has ended.
		 * @param launch the number of the launch
		 */
		void closed(long launch);

	}

}
