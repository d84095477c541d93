package io.github.prefork.master.listener;

import io.github.prefork.channel.MasterChannel;
import io.github.prefork.supervisor.Listeners;

/**
 * The port of the fleet, and what the children get of it. All methods may be called by
 * any thread.
 */
public interface FleetListeners extends Listeners, AutoCloseable {

	/**
	 * Take the port without listening on it.
	 * @param options what to listen on
	 * @return the listeners
	 * @throws org.springframework.boot.web.server.PortInUseException if somebody else has
	 * the port, listening or not yet
	 * @throws io.github.prefork.PreforkException if the port can't be opened for another
	 * reason
	 */
	static FleetListeners open(ListenerOptions options) {
		return (options.mode() == ListenerMode.CHILD_BOUND) ? ReservedPort.open(options)
				: MasterListeners.open(options);
	}

	/**
	 * Return the port of all listeners.
	 * @return the port, also if the system chose it
	 */
	int port();

	/**
	 * Let a child have what it needs to serve the port.
	 * @param channel the channel to the children
	 * @param launch the launch of the child
	 * @param own the index of the listener that its main server adopts
	 */
	void offer(MasterChannel channel, long launch, int own);

	/**
	 * Pass listeners that were added to a child.
	 * @param channel the channel to the children
	 * @param launch the launch of the child
	 * @param first the index of the first one
	 */
	void offerMore(MasterChannel channel, long launch, int first);

	/**
	 * Set who is told, and by whom, after {@link #alert()}; without it that does not
	 * work.
	 * @param channel the channel to the children, whose thread watches the listeners
	 * @param stirred is called on the channel's thread
	 */
	void watch(MasterChannel channel, Runnable stirred);

	@Override
	void close();

}
