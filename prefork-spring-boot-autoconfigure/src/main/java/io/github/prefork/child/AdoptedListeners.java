package io.github.prefork.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.WebServerException;
import org.springframework.util.Assert;

/**
 * All listeners of the master's in this child. The thread that starts the web server
 * calls {@link #receive()}, {@link #adoptMain()} and {@link #serve()}, in this order;
 * what the master says may come at any time and on any thread, and is done on the event
 * loop of the main server's channel, in order, as soon as there is one.
 */
final class AdoptedListeners {

	private static final Log logger = LogFactory.getLog(AdoptedListeners.class);

	private final ChildChannel channel;

	private final PassedListeners passed = new PassedListeners();

	private final Map<Integer, AdoptedListener> held = new TreeMap<>();

	private final List<Runnable> waiting = new ArrayList<>();

	private PassedListeners.@Nullable Passed received;

	private @Nullable EventLoop eventLoop;

	AdoptedListeners(ChildChannel channel) {
		this.channel = channel;
	}

	PassedListeners passed() {
		return this.passed;
	}

	/**
	 * Ask the master for the listeners and wait until all have come.
	 * @throws WebServerException if they will not come or the thread was interrupted
	 */
	void receive() throws WebServerException {
		if (this.received != null) {
			throw new WebServerException("The web server of a child cannot be started a second time", null);
		}
		this.channel.send(new ToMaster.ServerStarting());
		this.channel.attachListeners();
		this.received = this.passed.await();
	}

	/**
	 * Make the channel of the main server.
	 * @return the channel, not registered yet
	 */
	EpollServerSocketChannel adoptMain() {
		PassedListeners.Passed received = this.received;
		Assert.state(received != null, "The listeners of the master have not been received");
		return adopt(received.own(), received.descriptors().get(received.own()), null).channel();
	}

	private AdoptedListener adopt(int index, FileDescriptor descriptor, @Nullable AdoptedListener main) {
		AdoptedListener listener = AdoptedListener.adopt(index, descriptor, main, this.channel::send);
		this.held.put(index, listener);
		return listener;
	}

	/**
	 * Register the further listeners with the event loop of the main server and obey the
	 * master from now on.
	 */
	void serve() {
		PassedListeners.Passed received = this.received;
		AdoptedListener main = (received != null) ? this.held.get(received.own()) : null;
		Assert.state(received != null && main != null, "The web server has not used the listener of the master");
		EventLoop eventLoop = main.channel().eventLoop();
		for (int index = 0; index < received.descriptors().size(); index++) {
			if (index != received.own()) {
				AdoptedListener listener = adopt(index, received.descriptors().get(index), main);
				eventLoop.register(listener.channel()).syncUninterruptibly();
			}
		}
		main.channel().closeFuture().addListener((future) -> this.held.values().forEach((held) -> held.close(false)));
		synchronized (this.waiting) {
			eventLoop.execute(() -> this.held.values().forEach((held) -> this.channel.send(held.held())));
			this.waiting.forEach(eventLoop::execute);
			this.eventLoop = eventLoop;
		}
	}

	/**
	 * Close everything after a start that has failed.
	 */
	void abandon() {
		PassedListeners.Passed received = this.received;
		if (received == null) {
			return;
		}
		for (int index = 0; index < received.descriptors().size(); index++) {
			AdoptedListener listener = this.held.get(index);
			if (listener == null) {
				PassedListeners.close(received.descriptors().get(index));
			}
			else if (listener.channel().isRegistered()) {
				listener.channel().close();
			}
			else {
				PassedListeners.close(listener.channel().fd());
			}
		}
	}

	/**
	 * Accept on exactly the listeners that the master says, and answer.
	 * @param message what the master says
	 */
	void accept(ToChild.Accept message) {
		execute(() -> {
			this.held.forEach((index, listener) -> listener.accept(message.listeners().contains(index)));
			this.channel.send(new ToMaster.Accepting(message.version()));
		});
	}

	/**
	 * Close the listeners that the master says, and answer.
	 * @param message what the master says
	 */
	void close(ToChild.CloseListeners message) {
		execute(() -> close(message.listeners(), message.last())
			.thenRun(() -> this.channel.send(new ToMaster.ListenersClosed(message.request()))));
	}

	/**
	 * Close all listeners without having been asked. A child that does not serve yet
	 * leaves them to its siblings, which can accept what is queued.
	 * @param last whether to end them for all processes
	 * @return completed when they are closed
	 */
	CompletableFuture<Void> closeAll(boolean last) {
		this.passed.fail("The connection to the master has ended");
		CompletableFuture<Void> closed = new CompletableFuture<>();
		boolean serving = execute(() -> close(this.held.keySet(), last).thenRun(() -> closed.complete(null)));
		return (serving) ? closed : CompletableFuture.completedFuture(null);
	}

	private CompletableFuture<Void> close(Iterable<Integer> indexes, boolean last) {
		List<CompletableFuture<Void>> closed = new ArrayList<>();
		for (Integer index : indexes) {
			AdoptedListener listener = this.held.get(index);
			if (listener != null) {
				closed.add(listener.close(last));
			}
		}
		return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
	}

	private boolean execute(Runnable command) {
		synchronized (this.waiting) {
			EventLoop eventLoop = this.eventLoop;
			if (eventLoop == null) {
				this.waiting.add(command);
				return false;
			}
			try {
				eventLoop.execute(command);
				return true;
			}
			catch (RejectedExecutionException ex) {
				logger.debug("The event loop has ended and all listeners with it");
				return false;
			}
		}
	}

}
