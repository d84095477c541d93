package io.github.prefork.master.listener;

import java.io.IOException;
import java.util.List;

import io.github.prefork.PreforkException;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.SocketAlarm;
import io.github.prefork.channel.ToChild;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.Assert;

/**
 * The listeners of the fleet: bound when they are opened, so that nobody else gets the
 * port, and listening only when there is somebody to answer. They outlive the children.
 * All methods may be called by any thread.
 */
final class MasterListeners implements FleetListeners {

	private final List<ListenerSocket> sockets;

	private final List<FileDescriptor> descriptors;

	/** Keeps others away while the listeners go from bound to listening. */
	private final ListenerReservation reservation;

	private final ListenerOptions options;

	private @Nullable SocketAlarm alarm;

	private boolean listening;

	private boolean closed;

	private MasterListeners(ListenerOptions options, ListenerReservation reservation) {
		this.options = options;
		this.sockets = List.copyOf(reservation.sockets());
		this.descriptors = this.sockets.stream().map(ListenerSocket::descriptor).toList();
		this.reservation = reservation;
	}

	/**
	 * Take the port without listening on it.
	 * @param options what to listen on
	 * @return the bound listeners
	 * @throws PortInUseException if somebody else has the port, listening or not yet
	 * @throws PreforkException if the port can't be opened for another reason
	 */
	static MasterListeners open(ListenerOptions options) {
		if (!Epoll.isAvailable()) {
			throw new PreforkException("The listeners need Netty's native epoll transport",
					Epoll.unavailabilityCause());
		}
		ListenerReservation reservation = new ListenerReservation(options);
		try {
			reservation.reserve();
			return new MasterListeners(options, reservation);
		}
		catch (IOException | RuntimeException ex) {
			reservation.close();
			throw ListenerFailure.of(ex, options.bindAddress(), reservation.port());
		}
	}

	@Override
	public int port() {
		return this.reservation.port();
	}

	@Override
	public int count() {
		return this.sockets.size();
	}

	/**
	 * Return the descriptors, to be passed to children in this order. They stay this
	 * object's: whoever still has to send them must be closed before it.
	 * @return the descriptors in index order
	 */
	List<FileDescriptor> descriptors() {
		return this.descriptors;
	}

	@Override
	public void offer(MasterChannel channel, long launch, int own) {
		channel.send(launch, new ToChild.ListenersOffered(count(), own));
		channel.pass(launch, descriptors());
	}

	/**
	 * Listen on all listeners; until then clients are refused. Has no effect if it has
	 * been done before.
	 * @throws PreforkException if that is not possible; everything is closed then
	 * @throws IllegalStateException if the listeners are closed
	 */
	@Override
	public synchronized void listen() {
		Assert.state(!this.closed, "The listeners are closed");
		if (this.listening) {
			return;
		}
		try {
			for (ListenerSocket socket : this.sockets) {
				socket.listen(this.options.backlog());
			}
			this.listening = true;
			this.reservation.release();
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ListenerFailure.of(ex, this.options.bindAddress(), port());
		}
	}

	@Override
	public int queueLength(int index) {
		return this.sockets.get(index).queueLength();
	}

	@Override
	public synchronized void watch(MasterChannel channel, Runnable stirred) {
		this.alarm = channel.alarm(descriptors(), stirred);
	}

	@Override
	public synchronized boolean alert() {
		// One that is bound only would count as hung up
		return this.listening && !this.closed && this.alarm != null && this.alarm.set();
	}

	/**
	 * Close the master's copies. Has no effect if it has been done before.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.alarm != null) {
			this.alarm.close();
		}
		this.reservation.close();
	}

}
