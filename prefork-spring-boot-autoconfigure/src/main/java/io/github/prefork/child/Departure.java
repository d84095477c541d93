package io.github.prefork.child;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToMaster;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * The ways in which a child goes: by itself, asked by the master, or because the master
 * is gone. Safe for use by several threads.
 */
final class Departure {

	private static final Log logger = LogFactory.getLog(Departure.class);

	private final String name;

	private final ChildChannel channel;

	private final ServerListeners listeners;

	private final Ending ending;

	private final Solitude solitude;

	private final MasterLoss masterLoss;

	private final CountDownLatch released = new CountDownLatch(1);

	private State state = State.STAYING;

	/**
	 * Create the departure of a child.
	 * @param name the name of the child in the log
	 * @param channel the channel to the master
	 * @param master the master
	 * @param listeners the listeners of the master
	 * @param ending the end of the child
	 */
	Departure(String name, ChildChannel channel, MasterWatch master, ServerListeners listeners, Ending ending) {
		this.name = name;
		this.channel = channel;
		this.listeners = listeners;
		this.ending = ending;
		this.solitude = new Solitude(listeners);
		this.masterLoss = new MasterLoss(name, channel, master, this.solitude, ending, this::lose);
	}

	MasterLoss masterLoss() {
		return this.masterLoss;
	}

	void readiness(boolean accepting) {
		this.solitude.readiness(accepting);
	}

	/**
	 * The application context closes. Unless the master has asked for that, or is gone,
	 * tell it and wait until siblings accept in place of this child, with the drain
	 * timeout as deadline. Then let what is in flight finish.
	 */
	void leave() {
		if (change(State.LEAVING) == State.STAYING && !this.solitude.isAlone()) {
			awaitMaster();
		}
		this.ending.finish();
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
		this.ending.haltLater();
	}

	/**
	 * The master asks the child to go, or has done what was to be done before it leaves.
	 */
	void drain() {
		State previous = change(State.GOING);
		this.released.countDown();
		if (previous == State.STAYING) {
			logger.info(LogMessage.format("Child %s drains", this.name));
			this.ending.exit();
		}
	}

	private boolean lose() {
		State previous = change(State.GOING);
		this.released.countDown();
		this.listeners.passed().fail("The connection to the master has ended");
		return previous == State.STAYING;
	}

	private synchronized State change(State next) {
		State previous = this.state;
		if (next.ordinal() > previous.ordinal()) {
			this.state = next;
		}
		return previous;
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
