package io.github.prefork.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.child.drain.ServerConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.WebServerException;
import org.springframework.util.Assert;

/**
 * All listeners of this child: the master's, or the one that it binds itself where the
 * master has none. The thread that starts the web server calls {@link #receive},
 * {@link #openMain} and {@link #serve()}, in this order; what the master says may come at
 * any time and on any thread, and is done on the event loop of the main server's channel,
 * in order, as soon as there is one.
 */
final class ServerListeners {

	private static final String NOT_USED = "The web server has not used the listener of the master. It must serve HTTP "
			+ "on a TCP port: a NettyServerCustomizer can't change that";

	private static final Log logger = LogFactory.getLog(ServerListeners.class);

	private final ChildChannel channel;

	private final ServerConnections connections;

	private final PassedListeners passed = new PassedListeners(this::add);

	private final Map<Integer, ServerListener> held = new TreeMap<>();

	private final MainLoop loop = new MainLoop();

	private PassedListeners.@Nullable Offer received;

	/** Whether listeners are given up, so that those that still come are not wanted. */
	private boolean closing;

	/**
	 * Create the listeners.
	 * @param channel the channel to the master
	 * @param connections where accepted connections belong to
	 */
	ServerListeners(ChildChannel channel, ServerConnections connections) {
		this.channel = channel;
		this.connections = connections;
	}

	PassedListeners passed() {
		return this.passed;
	}

	/**
	 * Ask the master for the listeners and wait until all have come.
	 * @param starting what the application says about its web server
	 * @throws WebServerException if they will not come or the thread was interrupted
	 */
	void receive(ToMaster.ServerStarting starting) throws WebServerException {
		if (this.received != null) {
			throw new WebServerException("The web server of a child cannot be started a second time", null);
		}
		this.channel.send(starting);
		this.received = this.passed.await();
	}

	/**
	 * Make the channel of the main server.
	 * @param type the class of the channels that the event loops of the server need
	 * @param ordinary makes an ordinary one
	 * @return the channel, not registered yet
	 */
	ServerSocketChannel openMain(Class<?> type, Supplier<? extends ServerSocketChannel> ordinary) {
		ServerSocketChannel main = holdMain(type, ordinary).channel();
		// What the others accept comes by here too
		main.pipeline().addLast(this.connections.acceptHandler());
		return main;
	}

	private ServerListener holdMain(Class<?> type, Supplier<? extends ServerSocketChannel> ordinary) {
		PassedListeners.Offer received = this.received;
		Assert.state(received != null, "The listeners of the master have not been received");
		if (received instanceof PassedListeners.ToBind toBind) {
			return hold(0, own(new OwnSocket(toBind.bind()), type, ordinary));
		}
		PassedListeners.Passed masters = (PassedListeners.Passed) received;
		checkEpoll(type);
		return adopt(masters.own(), masters.descriptors().get(masters.own()), null);
	}

	private static void checkEpoll(Class<?> type) {
		if (!type.equals(EpollServerSocketChannel.class)) {
			throw new IllegalStateException("A child needs Netty's native epoll transport to use the listeners of its "
					+ "master, but the event loops of the web server make a " + type.getName()
					+ ". Set 'prefork.listener=child-bound' to use them as they are");
		}
	}

	private ServerListener own(OwnSocket socket, Class<?> type, Supplier<? extends ServerSocketChannel> ordinary) {
		ServerSocketChannel channel = socket.open(type, ordinary);
		return (channel instanceof EpollServerSocketChannel epoll)
				? AdoptedListener.own(epoll, socket.address(), this.channel::send)
				: BoundListener.of(channel, socket.address());
	}

	private AdoptedListener adopt(int index, FileDescriptor descriptor, @Nullable AdoptedListener main) {
		return hold(index, AdoptedListener.adopt(index, descriptor, main, this.channel::send));
	}

	private <T extends ServerListener> T hold(int index, T listener) {
		this.held.put(index, listener);
		return listener;
	}

	/**
	 * Register the further listeners with the event loop of the main server and obey the
	 * master from now on.
	 */
	void serve() {
		PassedListeners.Offer received = this.received;
		Assert.state(received != null && !this.held.isEmpty(), NOT_USED);
		if (received instanceof PassedListeners.Passed masters) {
			serve(masters);
		}
		else {
			ServerListener own = this.held.values().iterator().next();
			obey(own.channel(), () -> own.accept(true));
		}
	}

	private void serve(PassedListeners.Passed masters) {
		if (!(this.held.get(masters.own()) instanceof AdoptedListener main)) {
			throw new IllegalStateException(NOT_USED);
		}
		for (int index = 0; index < masters.descriptors().size(); index++) {
			if (index != masters.own()) {
				AdoptedListener listener = adopt(index, masters.descriptors().get(index), main);
				main.channel().eventLoop().register(listener.channel()).syncUninterruptibly();
			}
		}
		obey(main.channel(), () -> this.held.values().forEach(this::announce));
	}

	private void announce(ServerListener listener) {
		this.channel.send(((AdoptedListener) listener).held());
	}

	private void add(int index, FileDescriptor descriptor) {
		boolean taken = this.loop.execute(() -> {
			if (!this.closing && main() instanceof AdoptedListener main && main.channel().isOpen()) {
				add(index, descriptor, main);
			}
			else {
				PassedListeners.close(descriptor);
			}
		});
		if (!taken && this.loop.hasEnded()) {
			PassedListeners.close(descriptor);
		}
	}

	private void add(int index, FileDescriptor descriptor, AdoptedListener main) {
		AdoptedListener listener = adopt(index, descriptor, main);
		// On the loop itself it is done at once
		ChannelFuture registered = main.channel().eventLoop().register(listener.channel());
		if (registered.isSuccess()) {
			announce(listener);
		}
		else {
			logger.warn("Listener " + index + " can't be used", registered.cause());
			this.held.remove(index);
			listener.abandon();
		}
	}

	private @Nullable ServerListener main() {
		return (this.received instanceof PassedListeners.Passed masters) ? this.held.get(masters.own()) : null;
	}

	private void obey(Channel main, Runnable first) {
		main.closeFuture().addListener((future) -> this.held.values().forEach((held) -> held.close(false)));
		this.loop.begin(main.eventLoop(), first);
	}

	/**
	 * Close everything after a start that has failed.
	 */
	void abandon() {
		this.held.values().forEach(ServerListener::abandon);
		if (this.received instanceof PassedListeners.Passed masters) {
			for (int index = 0; index < masters.descriptors().size(); index++) {
				if (!this.held.containsKey(index)) {
					PassedListeners.close(masters.descriptors().get(index));
				}
			}
		}
	}

	/**
	 * Accept on exactly the listeners that the master says, and answer.
	 * @param message what the master says
	 */
	void accept(ToChild.Accept message) {
		this.loop.execute(() -> {
			this.held.forEach((index, listener) -> listener.accept(message.listeners().contains(index)));
			this.channel.send(new ToMaster.Accepting(message.version()));
		});
	}

	/**
	 * Accept on every listener or on none, without a master who says so.
	 * @param accepting whether to accept
	 */
	void acceptAll(boolean accepting) {
		this.loop.execute(() -> this.held.values().forEach((listener) -> listener.accept(accepting)));
	}

	/**
	 * Close the listeners that the master says, and answer.
	 * @param message what the master says
	 */
	void close(ToChild.CloseListeners message) {
		ToMaster closed = new ToMaster.ListenersClosed(message.request());
		boolean taken = this.loop
			.execute(() -> close(message.listeners(), message.last()).thenRun(() -> this.channel.send(closed)));
		if (!taken && this.loop.hasEnded()) {
			this.channel.send(closed);
		}
	}

	/**
	 * Close all listeners without having been asked. A child that does not serve yet
	 * leaves them to its siblings, which can accept what is queued.
	 * @param last whether to end them for all processes
	 * @return completed when they are closed
	 */
	CompletableFuture<Void> closeAll(boolean last) {
		this.passed.fail("The child goes");
		CompletableFuture<Void> closed = new CompletableFuture<>();
		boolean serving = this.loop.execute(() -> close(this.held.keySet(), last).thenRun(() -> closed.complete(null)));
		return (serving) ? closed : CompletableFuture.completedFuture(null);
	}

	private CompletableFuture<Void> close(Iterable<Integer> indexes, boolean last) {
		this.closing = true;
		List<CompletableFuture<Void>> closed = new ArrayList<>();
		for (Integer index : indexes) {
			ServerListener listener = this.held.get(index);
			if (listener != null) {
				closed.add(listener.close(last));
			}
		}
		return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
	}

}
