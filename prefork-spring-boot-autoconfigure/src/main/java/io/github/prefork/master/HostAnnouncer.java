package io.github.prefork.master;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.prefork.Fleet;
import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.master.memory.MemoryReturn;
import io.github.prefork.master.operation.OperationRequests;
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

	private final HookWatch watch = new HookWatch();

	private final OperationRequests requests;

	private final BuildLog builds;

	private final MemoryAdvice advice;

	private final Consumer<PreforkEvent> observer;

	private final MemoryReturn memory;

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private volatile @Nullable PreforkException cause;

	HostAnnouncer(FleetHost host, OperationRequests requests, Supplier<Fleet> fleet, MemoryAdvice advice,
			MemoryReturn memory, Consumer<PreforkEvent> observer) {
		this.host = host;
		this.observer = observer;
		this.builds = new BuildLog(fleet);
		this.requests = requests;
		this.advice = advice;
		this.memory = memory;
	}

	@Override
	public void publish(PreforkEvent event) {
		EventLog.log(event, this.builds.of(event), this.advice.of(event));
		this.observer.accept(event);
		this.memory.take(event);
		try {
			this.watch.during(event.getClass().getSimpleName(), () -> this.host.publish(event));
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			if (ex instanceof VirtualMachineError error && !(ex instanceof StackOverflowError)) {
				throw error;
			}
			// An Error of a listener's, or a checked exception from another language
			throw new UndeclaredThrowableException(ex);
		}
	}

	@Override
	public void hookFailed(PreforkEvent event, RuntimeException failure) {
		logger.error("A listener of " + event + " failed", failure);
	}

	@Override
	public void readiness(boolean accepting) {
		try {
			this.watch.during("the readiness", () -> this.host.readiness(accepting));
		}
		catch (RuntimeException ex) {
			logger.error("A listener of the readiness failed", ex);
		}
	}

	@Override
	public void finished(long request, OperationResult result) {
		this.requests.answer(request, result);
	}

	@Override
	public void started() {
		this.started.complete(null);
		this.memory.started();
	}

	@Override
	public void stopped(@Nullable PreforkException cause) {
		this.cause = cause;
	}

	@Override
	public void log(String line) {
		EventLog.say(line);
	}

	/**
	 * Wait for the end of the start, good or bad. Untimed on purpose: Spring, which wants
	 * to close the context meanwhile, then interrupts instead of waiting for its lock.
	 * The interrupt is used up, as it would keep the context from being closed later.
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
	 * Nothing of the fleet is left.
	 * @param failure the failure of the supervisor itself, {@code null} if the fleet has
	 * ended by its decision
	 */
	void ended(@Nullable Throwable failure) {
		this.watch.close();
		this.memory.close();
		PreforkException cause = (failure != null) ? supervisorFailure(failure) : this.cause;
		PreforkException reason = (cause != null) ? cause
				: new PreforkException("The fleet was stopped while it started");
		if (!this.started.completeExceptionally(reason) && cause != null) {
			try {
				this.host.failed(cause);
			}
			catch (RuntimeException ex) {
				cause.addSuppressed(ex);
				logger.error("The application could not be told that the fleet has failed", cause);
			}
		}
	}

	private static PreforkException supervisorFailure(Throwable failure) {
		return (failure instanceof PreforkException ex) ? ex
				: new PreforkException("The supervisor has failed: " + failure, failure);
	}

}
