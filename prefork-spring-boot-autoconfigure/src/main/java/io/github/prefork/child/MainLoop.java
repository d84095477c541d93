package io.github.prefork.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of the main server's channel, from before there is one: what is to be
 * done on it is kept until then, and done in order. Safe for use by several threads.
 */
final class MainLoop {

	private static final Log logger = LogFactory.getLog(MainLoop.class);

	private final List<Runnable> waiting = new ArrayList<>();

	private @Nullable EventLoop eventLoop;

	private volatile boolean ended;

	/**
	 * The loop is there.
	 * @param eventLoop the loop
	 * @param first what to do before everything that waits
	 */
	void begin(EventLoop eventLoop, Runnable first) {
		synchronized (this.waiting) {
			eventLoop.execute(first);
			this.waiting.forEach(eventLoop::execute);
			this.eventLoop = eventLoop;
		}
	}

	/**
	 * Do something on the loop, or as soon as it is there.
	 * @param command what to do
	 * @return whether the loop has taken it; {@code false} also if the loop has ended, so
	 * that it will never be done
	 */
	boolean execute(Runnable command) {
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
				this.ended = true;
				return false;
			}
		}
	}

	/**
	 * Return whether something could not be done because the loop has ended.
	 * @return whether that is so
	 */
	boolean hasEnded() {
		return this.ended;
	}

}
