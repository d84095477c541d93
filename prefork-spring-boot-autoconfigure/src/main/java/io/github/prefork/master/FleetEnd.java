package io.github.prefork.master;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Waits for the end of a fleet and brings it about where the supervisor can't: its thread
 * may be held up by a listener or launcher of the application, which may even wait for
 * the end of the JVM, as {@code System.exit} does.
 */
final class FleetEnd {

	private static final Log logger = LogFactory.getLog(FleetEnd.class);

	/** What the supervisor may take beyond the grace period, to kill and clean up. */
	private static final Duration CLEAN_UP = Duration.ofSeconds(20);

	private static final Duration HURRY = Duration.ofSeconds(2);

	private static final long POLL_MILLIS = 50;

	private final SupervisorThread thread;

	private final Runnable release;

	private final Duration gracePeriod;

	private volatile boolean forced;

	/**
	 * Create the end of a fleet.
	 * @param thread the thread of the supervisor
	 * @param release kills the children and closes the rest, from any thread
	 * @param gracePeriod how long the children may take to end
	 */
	FleetEnd(SupervisorThread thread, Runnable release, Duration gracePeriod) {
		this.thread = thread;
		this.release = release;
		this.gracePeriod = gracePeriod;
	}

	/**
	 * Stop the fleet and wait until nothing of it is left.
	 * @param stop asks the supervisor to stop it
	 */
	void await(Supplier<CompletableFuture<Void>> stop) {
		await(stop.get(), this.gracePeriod.plus(CLEAN_UP));
	}

	/**
	 * Kill the children and wait until nothing of the fleet is left.
	 * @param kill asks the supervisor to kill them
	 */
	void hurry(Supplier<CompletableFuture<Void>> kill) {
		await(kill.get(), HURRY);
	}

	private void await(CompletableFuture<Void> end, Duration limit) {
		long begin = System.nanoTime();
		while (!this.forced && !isDone(end)) {
			if (this.thread.exitsJvm()) {
				force("it is waiting for the end of the JVM (System.exit in a listener of a prefork event?)");
			}
			else if (limit.minusNanos(System.nanoTime() - begin).isNegative()) {
				force("it has not done so in time (a listener of a prefork event that takes too long?)");
			}
		}
	}

	private static boolean isDone(CompletableFuture<Void> end) {
		try {
			end.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			return true;
		}
		catch (TimeoutException | InterruptedException ex) {
			return false;
		}
	}

	private void force(String why) {
		logger.warn("The supervisor can't stop the fleet, " + why + ". All children are killed");
		this.release.run();
		this.forced = true;
	}

}
