package io.github.prefork.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import org.apache.commons.logging.LogFactory;

/**
 * A {@link SocketAlarm} by an event loop that watches the sockets along with its own
 * channels. Each socket wakes it at most once each time, so under load it costs nothing
 * for each connection.
 */
final class EpollAlarm implements SocketAlarm {

	private static final int EPOLLONESHOT = 1 << 30;

	private static final EpollIoOps ONCE = EpollIoOps.valueOf(EpollIoOps.EPOLLIN.value() | EPOLLONESHOT);

	private final IoEventLoop eventLoop;

	private final List<Watch> watches;

	private final Runnable ring;

	private boolean registered;

	private boolean rung;

	private volatile boolean useless;

	EpollAlarm(EventLoop eventLoop, List<? extends FileDescriptor> sockets, Runnable ring) {
		this.eventLoop = (IoEventLoop) eventLoop;
		this.watches = sockets.stream().map(Watch::new).toList();
		this.ring = ring;
	}

	@Override
	public boolean set() {
		if (!this.useless) {
			try {
				this.eventLoop.execute(this::arm);
			}
			catch (RejectedExecutionException ex) {
				this.useless = true;
			}
		}
		return !this.useless;
	}

	private synchronized void arm() {
		if (this.useless) {
			return;
		}
		try {
			register();
			this.rung = false;
			for (Watch watch : this.watches) {
				watch.arm();
			}
		}
		catch (RuntimeException ex) {
			LogFactory.getLog(EpollAlarm.class).warn("The sockets can't be watched and are looked at all the time", ex);
			close();
		}
	}

	private void register() {
		if (!this.registered) {
			this.registered = true;
			this.watches.forEach(Watch::register);
		}
	}

	private synchronized void ring() {
		if (!this.rung && !this.useless) {
			this.rung = true;
			this.ring.run();
		}
	}

	@Override
	public synchronized void close() {
		this.useless = true;
		this.watches.forEach(Watch::cancel);
	}

	/**
	 * The watch of one socket.
	 */
	private final class Watch implements EpollIoHandle {

		private final FileDescriptor socket;

		private final List<IoRegistration> registration = new ArrayList<>(1);

		Watch(FileDescriptor socket) {
			this.socket = socket;
		}

		void register() {
			Future<IoRegistration> registered = EpollAlarm.this.eventLoop.register(this);
			// On the loop itself it is done at once
			this.registration.add(registered.syncUninterruptibly().getNow());
		}

		void arm() {
			this.registration.forEach((each) -> each.submit(ONCE));
		}

		void cancel() {
			this.registration.forEach(IoRegistration::cancel);
			this.registration.clear();
		}

		@Override
		public FileDescriptor fd() {
			return this.socket;
		}

		@Override
		public void handle(IoRegistration registration, IoEvent event) {
			// A socket that somebody has shut down reports that and nothing else
			if (event instanceof EpollIoEvent epoll && epoll.ops().contains(EpollIoOps.EPOLLIN)) {
				ring();
			}
		}

		@Override
		public void close() {
			// The socket is not ours
		}

	}

}
