package io.github.prefork.child;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.prefork.channel.ChildChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * What a child does last: it finishes what has come to it, and ends its process.
 */
final class Ending {

	private static final long HALT_MILLIS = 1000;

	private static final Log logger = LogFactory.getLog(Ending.class);

	private final String name;

	private final ChildChannel channel;

	private final ServerListeners listeners;

	private final ChildExit exit;

	/**
	 * Create the ending of a child.
	 * @param name the name of the child in the log
	 * @param channel the channel to the master
	 * @param listeners the listeners of the master
	 * @param exit how the process ends
	 */
	Ending(String name, ChildChannel channel, ServerListeners listeners, ChildExit exit) {
		this.name = name;
		this.channel = channel;
		this.listeners = listeners;
		this.exit = exit;
	}

	/**
	 * Finish what has come to this child, and wait for that.
	 */
	void finish() {
		await(this.listeners.closeAll(false));
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
		CompletableFuture<Void> closed = this.listeners.closeAll(last);
		haltLater();
		start("prefork-exit", () -> {
			first.run();
			await(closed);
			this.exit.exit(0);
		});
	}

	/**
	 * Halt the process when it has had its time.
	 */
	void haltLater() {
		this.channel.executor()
			.schedule(() -> this.exit.halt(1), this.channel.welcome().drainMillis() + HALT_MILLIS,
					TimeUnit.MILLISECONDS);
	}

	/**
	 * There is no end: let the signals of a terminal end the process from now on.
	 * @param first what to do on a thread of its own
	 */
	void putOff(Runnable first) {
		this.exit.obeyTerminal();
		start("prefork-alone", first);
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

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

}
