package io.github.prefork.child;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.child.drain.ServerConnections;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * What a child does last: it finishes what has come to it, and ends its process.
 */
final class Ending {

	/** How long what is cut off by the drain timeout may take to end in order. */
	private static final long CUT_OFF_MILLIS = 250;

	private static final long HALT_MILLIS = 1000;

	private static final Log logger = LogFactory.getLog(Ending.class);

	private final String name;

	private final ChildChannel channel;

	private final ServerListeners listeners;

	private final ServerConnections connections;

	private final ChildExit exit;

	private volatile Duration idleTimeout = Duration.ofSeconds(1);

	private volatile @Nullable Long deadline;

	/**
	 * Create the ending of a child.
	 * @param name the name of the child in the log
	 * @param channel the channel to the master
	 * @param listeners the listeners of the master
	 * @param connections the connections of the main server
	 * @param exit how the process ends
	 */
	Ending(String name, ChildChannel channel, ServerListeners listeners, ServerConnections connections,
			ChildExit exit) {
		this.name = name;
		this.channel = channel;
		this.listeners = listeners;
		this.connections = connections;
		this.exit = exit;
	}

	void idleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	/**
	 * Close the listeners and drain the connections, and wait for that. May be called
	 * again, and by several threads: all wait for the same.
	 */
	void finish() {
		finish(begin(false));
	}

	private CompletableFuture<Void> begin(boolean last) {
		synchronized (this) {
			if (this.deadline == null) {
				this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis());
			}
		}
		this.connections.drain(this.idleTimeout);
		return this.listeners.closeAll(last);
	}

	private void finish(CompletableFuture<Void> listenersClosed) {
		try {
			// The web server must not close its channels before all that is queued is
			// accepted; most often there is nothing left to close
			if (!isDone(listenersClosed, drainMillis() / 2)) {
				logger.warn(LogMessage.format("Child %s ends with open listeners", this.name));
			}
			drain();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void drain() throws InterruptedException {
		CompletableFuture<Void> closed = this.connections.closed();
		if (!isDone(closed, millisLeft())) {
			logger.warn(LogMessage.format(
					"Child %s cuts off %d connections, which are not done at the end of " + "prefork.drain.timeout",
					this.name, this.connections.connections()));
			this.connections.end();
			if (!isDone(closed, CUT_OFF_MILLIS)) {
				this.connections.abort();
			}
		}
	}

	private long millisLeft() {
		Long deadline = this.deadline;
		return (deadline != null) ? TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) : 0;
	}

	private long drainMillis() {
		return this.channel.welcome().drainMillis();
	}

	private static boolean isDone(CompletableFuture<Void> future, long millis) throws InterruptedException {
		try {
			future.get(Math.max(0, millis), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
	}

	/**
	 * Finish, then end the process, all on a thread of its own.
	 */
	void exit() {
		start("prefork-exit", () -> {
			finish();
			this.exit.exit(0);
		});
	}

	/**
	 * Finish, then end the process, all on a thread of its own. If the application keeps
	 * it from ending, halt it.
	 * @param last whether to end the listeners for all processes
	 * @param first what that thread does first, while the listeners are closed
	 */
	void exitOrHalt(boolean last, Runnable first) {
		CompletableFuture<Void> listenersClosed = begin(last);
		haltLater();
		start("prefork-exit", () -> {
			first.run();
			finish(listenersClosed);
			this.exit.exit(0);
		});
	}

	/**
	 * Halt the process when it has had its time.
	 */
	void haltLater() {
		this.channel.executor().schedule(() -> this.exit.halt(1), drainMillis() + HALT_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * There is no end: let the signals of a terminal end the process from now on.
	 * @param first what to do on a thread of its own
	 */
	void putOff(Runnable first) {
		this.exit.obeyTerminal();
		start("prefork-alone", first);
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

}
