package io.github.prefork.child;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.prefork.MasterDied;
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

	private final MasterWatch master;

	private final ServerListeners listeners;

	private final ChildExit exit;

	private final CountDownLatch released = new CountDownLatch(1);

	private State state = State.STAYING;

	/**
	 * Whether the end of the channel or of the master was noticed; the channel's
	 * thread's.
	 */
	private boolean lost;

	private boolean ready;

	private boolean wasReady;

	/** Whether the master is gone and the child goes on without it. */
	private boolean alone;

	private volatile OnMasterDeath onMasterDeath = OnMasterDeath.EXIT;

	private volatile @Nullable ConfigurableApplicationContext context;

	/**
	 * Create the departure of a child.
	 * @param name the name of the child in the log
	 * @param channel the channel to the master
	 * @param master the master
	 * @param listeners the listeners of the master
	 * @param exit how the process ends
	 */
	Departure(String name, ChildChannel channel, MasterWatch master, ServerListeners listeners, ChildExit exit) {
		this.name = name;
		this.channel = channel;
		this.master = master;
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

	void onMasterDeath(OnMasterDeath onMasterDeath) {
		this.onMasterDeath = onMasterDeath;
	}

	/**
	 * The application accepts traffic, or refuses it.
	 * @param accepting whether it accepts
	 */
	synchronized void readiness(boolean accepting) {
		this.wasReady |= accepting;
		this.ready = accepting;
		if (this.alone) {
			this.listeners.acceptAll(accepting);
		}
	}

	/**
	 * The application context closes. Unless the master has asked for that, or is gone,
	 * tell it and wait until siblings accept in place of this child, with the drain
	 * timeout as deadline.
	 */
	void leave() {
		State previous = change(State.LEAVING);
		if (isAlone()) {
			await(this.listeners.closeAll(false));
		}
		else if (previous == State.STAYING) {
			awaitMaster();
			await(this.listeners.closeAll(false));
		}
	}

	private void awaitMaster() {
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
	}

	/**
	 * The application context closes, and waits for event loops that wait for its end.
	 * The master is told, so that siblings accept in place of this child, but there is
	 * nothing to be gained by waiting. What is in flight is lost.
	 */
	void leaveUnheard() {
		if (change(State.LEAVING) != State.STAYING) {
			return;
		}
		logger.warn(LogMessage
			.format("Child %s leaves, but its event loops wait for its end: requests in flight get no answer. "
					+ "Call System.exit or close the application context on another thread", this.name));
		this.channel.send(new ToMaster.Leaving());
		haltLater();
	}

	/**
	 * The master asks the child to go, or has done what was to be done before it leaves.
	 */
	void drain() {
		State previous = change(State.GOING);
		this.released.countDown();
		if (previous == State.STAYING) {
			logger.info(LogMessage.format("Child %s drains", this.name));
			start("prefork-exit", () -> {
				await(this.listeners.closeAll(false));
				this.exit.exit(0);
			});
		}
	}

	/**
	 * The channel has ended. Called on the channel's thread.
	 */
	void channelClosed() {
		if (!this.lost) {
			boolean staying = lose();
			checkMaster(MASTER_CHECKS, staying);
		}
	}

	/**
	 * Look whether the process of the master has ended, though the channel has not:
	 * another process may hold the master's end of it open. Called on the channel's
	 * thread.
	 * @return whether it has ended
	 */
	boolean masterIsGone() {
		boolean gone = this.lost || this.master.processHasEnded();
		if (gone && !this.lost) {
			masterDied(lose());
		}
		return gone;
	}

	private boolean lose() {
		this.lost = true;
		State previous = change(State.GOING);
		this.released.countDown();
		this.listeners.passed().fail("The connection to the master has ended");
		return previous == State.STAYING;
	}

	private void checkMaster(int checks, boolean staying) {
		// A dying process closes its sockets one after the other, so look again. Where
		// the master lives on and has only let go of this child, its siblings still need
		// the listeners
		if (this.master.isGone()) {
			masterDied(staying);
		}
		else if (checks > 0) {
			this.channel.executor()
				.schedule(() -> checkMaster(checks - 1, staying), MASTER_CHECK_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			logger.warn(LogMessage.format("The master with pid %s has let go of child %s, which drains",
					this.master.pid(), this.name));
			end(false);
		}
	}

	private void masterDied(boolean staying) {
		this.master.removeSocket();
		if (staying && this.onMasterDeath == OnMasterDeath.IGNORE && goOnAlone()) {
			logger.warn(LogMessage.format(
					"The master with pid %s is gone. Child %s goes on without it: nobody replaces "
							+ "it, and the port stays taken until the last child has ended",
					this.master.pid(), this.name));
			this.exit.obeyTerminal();
			start("prefork-alone", () -> publish(new MasterDied(this.master.pid())));
		}
		else {
			logger.warn(
					LogMessage.format("The master with pid %s is gone, child %s drains", this.master.pid(), this.name));
			end(true);
		}
	}

	private synchronized boolean goOnAlone() {
		// One that still boots has no use: it may not even have got its listeners
		this.alone = this.wasReady;
		if (this.alone) {
			// Nobody assigns any more, and nobody knows which siblings are left
			this.listeners.acceptAll(this.ready);
		}
		return this.alone;
	}

	private synchronized boolean isAlone() {
		return this.alone;
	}

	private void end(boolean masterDied) {
		// Siblings that live on without a master need the listeners too
		boolean last = masterDied && this.onMasterDeath == OnMasterDeath.EXIT;
		CompletableFuture<Void> closed = this.listeners.closeAll(last);
		haltLater();
		start("prefork-exit", () -> {
			if (masterDied) {
				publish(new MasterDied(this.master.pid()));
			}
			await(closed);
			this.exit.exit(0);
		});
	}

	private void haltLater() {
		this.channel.executor()
			.schedule(() -> this.exit.halt(1), this.channel.welcome().drainMillis() + HALT_MILLIS,
					TimeUnit.MILLISECONDS);
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

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
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
