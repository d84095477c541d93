package io.github.prefork.channel;

import java.nio.file.Path;
import java.util.List;

import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

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
	 * @throws IllegalArgumentException if the launch is already expected
	 * @throws IllegalStateException if the channel is closed
	 */
	String expect(long launch, int slot, int generation);

	/**
	 * Send a message; dropped if the child is not connected. A child that leaves more
	 * than 1 MiB unread loses its connection.
	 * @param launch the number of the launch
	 * @param message the message
	 */
	void send(long launch, ToChild message);

	/**
	 * Tell the listener, on the thread of the caller, the last heartbeat of each child
	 * that has given a sign of life since the last call, without its figures. Nobody is
	 * told without this, except for children that can't share memory with the master.
	 */
	void readHeartbeats();

	/**
	 * Return what a child has last said of itself.
	 * @param launch the number of the launch
	 * @return what it was, {@code null} if the child has not claimed its place or said
	 * anything, or is forgotten
	 */
	@Nullable SignOfLife lastSign(long launch);

	/**
	 * Pass listeners to a child, in this order, as soon as its listeners connection is
	 * there.
	 * @param launch the number of the launch
	 * @param listeners the descriptors; they stay open and the caller's. One that is
	 * closed before it could be sent ends the listeners connection
	 * @throws IllegalStateException if Netty's native epoll transport is not available
	 */
	void pass(long launch, List<? extends FileDescriptor> listeners);

	/**
	 * Make an alarm for sockets that others wait at. It is not set.
	 * @param sockets the sockets; they stay open and the caller's
	 * @param ring what to do when it goes off; called on the channel's thread, so it must
	 * not block
	 * @return the alarm, to be closed before the sockets are
	 * @throws IllegalStateException if Netty's native epoll transport is not available
	 */
	SocketAlarm alarm(List<? extends FileDescriptor> sockets, Runnable ring);

	/**
	 * Forget a launch: its token is void and its connections are closed. The listener
	 * learns nothing more of it, apart from a call that is already under way.
	 * @param launch the number of the launch
	 */
	void forget(long launch);

	/**
	 * Close all connections and remove the socket and its directory. Waits some seconds
	 * at most for the channel's thread to end, unless called on it; the listener learns
	 * nothing more. May be repeated.
	 */
	@Override
	void close();

	/**
	 * What the master learns; called on the channel's thread or by
	 * {@link #readHeartbeats()}, so no method may block.
	 */
	interface Listener {

		/**
		 * A child has claimed its place.
		 * @param launch the number of the launch
		 * @param hello what it said
		 */
		void claimed(long launch, ToMaster.Hello hello);

		/**
		 * A child that was expected was refused, since it is of another release. It has
		 * not claimed its place and won't.
		 * @param launch the number of the launch
		 * @param reason why, in words
		 */
		void refused(long launch, String reason);

		/**
		 * A child has sent a message.
		 * @param launch the number of the launch
		 * @param message the message
		 */
		void received(long launch, ToMaster message);

		/**
		 * The control connection of a child that had claimed its place has ended; told
		 * once a launch.
		 * @param launch the number of the launch
		 */
		void closed(long launch);

	}

}
