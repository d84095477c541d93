package io.github.prefork.master.listener;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

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

	/** Keeps others away while the listeners go from bound to listening. */
	private final ListenerReservation reservation;

	private final ListenerOptions options;

	private @Nullable SocketAlarm alarm;

	private @Nullable Function<List<FileDescriptor>, SocketAlarm> alarms;

	private boolean listening;

	private boolean closed;

	private MasterListeners(ListenerOptions options, ListenerReservation reservation) {
		this.options = options;
		this.sockets = new CopyOnWriteArrayList<>(reservation.sockets());
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
		return this.sockets.stream().map(ListenerSocket::descriptor).toList();
	}

	@Override
	public void offer(MasterChannel channel, long launch, int own) {
		channel.send(launch, new ToChild.ListenersOffered(count(), own));
		channel.pass(launch, descriptors());
	}

	@Override
	public void offerMore(MasterChannel channel, long launch, int first) {
		channel.pass(launch, descriptors().subList(first, count()));
	}

	@Override
	public synchronized void add(int more) {
		Assert.state(this.listening && !this.closed, "The listeners do not listen");
		Assert.state(this.options.mode() == ListenerMode.REUSEPORT, "There is one listener for all");
		List<ListenerSocket> bound = new ArrayList<>();
		try {
			for (int i = 0; i < more; i++) {
				bound.add(this.reservation.bindMore());
			}
			// Connections come to one as soon as it listens, so it is not closed any more
			while (!bound.isEmpty()) {
				bound.get(0).listen(this.options.backlog());
				this.sockets.add(bound.remove(0));
			}
		}
		catch (IOException | RuntimeException ex) {
			bound.forEach(ListenerSocket::close);
			throw ListenerFailure.of(ex, this.options.bindAddress(), port());
		}
		finally {
			renewAlarm();
		}
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
		this.alarms = (sockets) -> channel.alarm(sockets, stirred);
		renewAlarm();
	}

	private void renewAlarm() {
		if (this.alarm != null) {
			this.alarm.close();
		}
		this.alarm = (this.alarms != null) ? this.alarms.apply(descriptors()) : null;
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
		this.sockets.forEach(ListenerSocket::close);
	}

}
