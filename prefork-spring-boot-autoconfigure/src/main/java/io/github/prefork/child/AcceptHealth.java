package io.github.prefork.child;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.prefork.channel.ToMaster;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Whether accepting on a listener works. After a failure it rests for a second, so that a
 * lack of descriptors does not keep the event loop busy, then it is tried for a second.
 * The master learns of the failure at once and of its end when a connection is accepted
 * or the trial passes without another failure. Belongs to the event loop of the channel.
 */
final class AcceptHealth {

	private static final long PAUSE_MILLIS = 1000;

	private static final Log logger = LogFactory.getLog(AcceptHealth.class);

	private final int index;

	private final Channel channel;

	private final Consumer<ToMaster> master;

	private final Runnable change;

	// Made early: without free descriptors no class may have to be loaded
	private final ToMaster blockedMessage;

	private final Runnable afterPause = this::afterPause;

	private final Runnable afterTrial = this::works;

	private State state = State.WORKS;

	private @Nullable Future<?> timer;

	/**
	 * Create the health of a listener.
	 * @param index the index of the listener
	 * @param channel its channel
	 * @param master sends a message to the master
	 * @param change called when a pause begins or ends
	 */
	AcceptHealth(int index, Channel channel, Consumer<ToMaster> master, Runnable change) {
		this.index = index;
		this.channel = channel;
		this.master = master;
		this.change = change;
		this.blockedMessage = new ToMaster.AcceptBlocked(index, true);
	}

	boolean isPaused() {
		return this.state == State.PAUSED;
	}

	/**
	 * Accepting has failed.
	 * @param cause what went wrong
	 */
	void failed(Throwable cause) {
		if (this.state == State.WORKS) {
			logger.warn("Accepting on listener " + this.index + " fails: " + cause);
			this.master.accept(this.blockedMessage);
		}
		this.state = State.PAUSED;
		this.change.run();
		schedule(this.afterPause);
	}

	private void afterPause() {
		this.state = State.TRIED;
		this.change.run();
		schedule(this.afterTrial);
	}

	/**
	 * A connection has been accepted, or none has failed for long enough.
	 */
	void works() {
		if (this.state != State.WORKS) {
			end();
			this.state = State.WORKS;
			logger.info(LogMessage.format("Accepting on listener %s works again", this.index));
			this.master.accept(new ToMaster.AcceptBlocked(this.index, false));
		}
	}

	private void schedule(Runnable task) {
		end();
		this.timer = this.channel.eventLoop().schedule(task, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Wait for nothing any more.
	 */
	void end() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	/**
	 * How accepting goes.
	 */
	private enum State {

		/**
		 * As far as is known it works.
		 */
		WORKS,

		/**
		 * It failed and rests.
		 */
		PAUSED,

		/**
		 * It is tried again.
		 */
		TRIED

	}

}
