package io.github.prefork.master;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.supervisor.Announcer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application what the supervisor says, and whoever waits for the start how it
 * ended.
 */
final class HostAnnouncer implements Announcer {

	private static final Log logger = LogFactory.getLog(HostAnnouncer.class);

	private final FleetHost host;

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private volatile @Nullable PreforkException cause;

	HostAnnouncer(FleetHost host) {
		this.host = host;
	}

	@Override
	public void publish(PreforkEvent event) {
		EventLog.log(event);
		long before = System.nanoTime();
		this.host.publish(event);
		EventLog.logIfSlow(event, System.nanoTime() - before);
	}

	@Override
	public void hookFailed(PreforkEvent event, RuntimeException failure) {
		logger.error("A listener of " + event + " failed", failure);
	}

	@Override
	public void readiness(boolean accepting) {
		this.host.readiness(accepting);
	}

	@Override
	public void started() {
		this.started.complete(null);
	}

	@Override
	public void stopped(@Nullable PreforkException cause) {
		this.cause = cause;
	}

	@Override
	public void log(String line) {
		logger.warn(line);
	}

	/**
	 * Wait for the end of the start, good or bad. Untimed on purpose: Spring, which wants
	 * to close the context meanwhile, then interrupts instead of waiting for its lock.
	 * @param onInterrupt called when the waiting thread is interrupted
	 */
	void awaitStarted(Runnable onInterrupt) {
		while (true) {
			try {
				this.started.get();
				return;
			}
			catch (InterruptedException ex) {
				onInterrupt.run();
			}
			catch (ExecutionException ex) {
				return;
			}
		}
	}

	@Nullable RuntimeException startFailure() {
		if (!this.started.isCompletedExceptionally()) {
			return null;
		}
		return this.started.handle((result, ex) -> (ex instanceof RuntimeException failure) ? failure : null).join();
	}

	/**
	 * The fleet has ended.
	 * @param inOrder whether by the supervisor's own decision
	 */
	void ended(boolean inOrder) {
		PreforkException cause = (inOrder) ? this.cause : new PreforkException("The supervisor has failed", null);
		PreforkException reason = (cause != null) ? cause
				: new PreforkException("The fleet was stopped while it started");
		if (!this.started.completeExceptionally(reason) && cause != null) {
			this.host.failed(cause);
		}
	}

}
