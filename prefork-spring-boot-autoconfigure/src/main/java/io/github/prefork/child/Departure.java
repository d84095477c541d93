package io.github.prefork.child;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.prefork.MasterDied;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToMaster;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.log.LogMessage;

/**
 * The ways in which a child goes: by itself, asked by the master, or because the master
 * is gone. Safe for use by several threads.
 */
final class Departure {

	private static final int MASTER_CHECKS = 5;

	private static final long MASTER_CHECK_MILLIS = 20;

	private static final long HALT_MILLIS = 1000;

	private static final Log logger = LogFactory.getLog(Departure.class);

	private final String name;

	private final ChildChannel channel;

	private final ChannelAddress address;

	private final MasterSocket socket;

	private final ServerListeners listeners;

	private final ChildExit exit;

	private final CountDownLatch released = new CountDownLatch(1);

	private State state = State.STAYING;

	private volatile @Nullable ConfigurableApplicationContext context;

	/**
	 * Create the departure of a child.
	 * @param name the name of the child in the log
	 * @param channel the channel to the master
	 * @param address the address of the master
	 * @param listeners the listeners of the master
	 * @param exit how the process ends
	 */
	Departure(String name, ChildChannel channel, ChannelAddress address, ServerListeners listeners, ChildExit exit) {
		this.name = name;
		this.channel = channel;
		this.address = address;
		this.socket = new MasterSocket(Path.of(address.path()));
		this.listeners = listeners;
		this.exit = exit;
	}

	/**
	 * Set the context that learns of the master's death.
	 * @param context the application context
	 */
	void attach(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * The application context closes. Unless the master has asked for that, tell it and
	 * wait until siblings accept in place of this child, with the drain timeout as
	 * deadline.
	 */
	void leave() {
		if (change(State.LEAVING) != State.STAYING) {
			return;
		}
		logger.info(LogMessage.format("Child %s leaves, waiting for the master", this.name));
		this.channel.send(new ToMaster.Leaving());
		try {
			if (!this.released.await(this.channel.welcome().drainMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn(LogMessage.format("Child %s leaves without an answer from the master", this.name));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		await(this.listeners.closeAll(false));
	}

	/**
	 * The master asks the child to go, or has done what was to be done before it leaves.
	 */
	void drain() {
		State previous = change(State.GOING);
		this.released.countDown();
		if (previous == State.STAYING) {
			logger.info(LogMessage.format("Child %s drains", this.name));
			start(() -> {
				await(this.listeners.closeAll(false));
				this.exit.exit(0);
			});
		}
	}

	/**
	 * The channel has ended. Called on the channel's thread.
	 */
	void channelClosed() {
		change(State.GOING);
		this.released.countDown();
		this.listeners.passed().fail("The connection to the master has ended");
		checkMaster(MASTER_CHECKS);
	}

	private void checkMaster(int checks) {
		// A dying process closes its sockets one after the other, so look again. Where
		// the master lives on and has only let go of this child, its siblings still need
		// the listeners
		if (!this.socket.isAlive()) {
			logger.warn(LogMessage.format("The master with pid %s is gone, child %s drains", this.address.masterPid(),
					this.name));
			this.socket.remove();
			end(true);
		}
		else if (checks > 0) {
			this.channel.executor().schedule(() -> checkMaster(checks - 1), MASTER_CHECK_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			logger.warn(LogMessage.format("The master with pid %s has let go of child %s, which drains",
					this.address.masterPid(), this.name));
			end(false);
		}
	}

	private void end(boolean masterDied) {
		CompletableFuture<Void> closed = this.listeners.closeAll(masterDied);
		this.channel.executor()
			.schedule(() -> this.exit.halt(1), this.channel.welcome().drainMillis() + HALT_MILLIS,
					TimeUnit.MILLISECONDS);
		start(() -> {
			if (masterDied) {
				publish(new MasterDied(this.address.masterPid()));
			}
			await(closed);
			this.exit.exit(0);
		});
	}

	private void publish(MasterDied event) {
		ConfigurableApplicationContext context = this.context;
		try {
			if (context != null && context.isActive()) {
				context.publishEvent(event);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("A listener of " + event + " failed", ex);
		}
	}

	private void await(CompletableFuture<Void> closed) {
		// The web server must not close its channels before all that is queued is
		// accepted; most often there is nothing left to close
		try {
			closed.get(this.channel.welcome().drainMillis() / 2, TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn(LogMessage.format("Child %s ends with open listeners", this.name), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized State change(State next) {
		State previous = this.state;
		if (next.ordinal() > previous.ordinal()) {
			this.state = next;
		}
		return previous;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "prefork-exit");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * How far the departure is.
	 */
	private enum State {

		/**
		 * Nobody has asked.
		 */
		STAYING,

		/**
		 * The child leaves by itself and waits for the master.
		 */
		LEAVING,

		/**
		 * The master knows or is gone.
		 */
		GOING

	}

}
