package io.github.prefork.child;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.PreforkException;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import org.jspecify.annotations.Nullable;

/**
 * What this child asks its master because somebody asks the child. Answers come on a
 * thread of the common pool. Safe for use by several threads.
 */
public final class MasterRequests {

	/** A master that is paused does not answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** A master that does not end them has to be spared more of them. */
	private static final int MOST_OPERATIONS = 64;

	private final ChildChannel channel;

	private final Duration patience;

	private final AtomicLong last = new AtomicLong();

	private final Map<Long, CompletableFuture<OperationReport>> operations = new ConcurrentHashMap<>();

	private final ReportRequests reports;

	private volatile boolean closed;

	MasterRequests(ChildChannel channel) {
		this(channel, PATIENCE);
	}

	MasterRequests(ChildChannel channel, Duration patience) {
		this.channel = channel;
		this.patience = patience;
		this.reports = new ReportRequests(this::askForReport);
	}

	/**
	 * Ask about the fleet.
	 * @return the answer; ends with a {@link PreforkException} if there is none
	 */
	public CompletableFuture<FleetReport> report() {
		return answer(this.reports.ask());
	}

	private CompletableFuture<FleetReport> askForReport(long request) {
		CompletableFuture<FleetReport> answer = new CompletableFuture<>();
		if (this.closed) {
			answer.completeExceptionally(gone());
			return answer;
		}
		this.channel.send(new ToMaster.ReportRequest(request));
		return answer.orTimeout(this.patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Ask for an operation.
	 * @param operation the operation
	 * @param wait how long to wait for its end at most, {@code null} for as long as it
	 * takes
	 * @return how far it is then, or when this child leaves; ends with a
	 * {@link PreforkException} if the master does not answer
	 */
	public CompletableFuture<OperationReport> operate(Operation operation, @Nullable Duration wait) {
		if (this.operations.size() >= MOST_OPERATIONS) {
			return CompletableFuture
				.failedFuture(new PreforkException("Too many operations are waiting for the master already"));
		}
		long request = this.last.incrementAndGet();
		CompletableFuture<OperationReport> reported = new CompletableFuture<>();
		this.operations.put(request, reported);
		reported.whenComplete((report, ex) -> this.operations.remove(request));
		this.channel.send(new ToMaster.OperationRequest(request, (wait != null) ? wait.toMillis() : -1, operation));
		if (wait != null) {
			reported.orTimeout(wait.plus(this.patience).toMillis(), TimeUnit.MILLISECONDS);
		}
		if (this.closed) {
			reported.completeExceptionally(gone());
		}
		return answer(reported);
	}

	void received(ToChild.FleetReported reported) {
		this.reports.received(reported.request(), reported.report());
	}

	void received(ToChild.OperationReported reported) {
		CompletableFuture<OperationReport> waiting = this.operations.get(reported.request());
		if (waiting != null) {
			waiting.complete(reported.report());
		}
	}

	/**
	 * The master is gone: whoever waits is told, and whoever asks from now on.
	 */
	void close() {
		this.closed = true;
		this.reports.fail(gone());
		this.operations.values().forEach((waiting) -> waiting.completeExceptionally(gone()));
	}

	private static PreforkException gone() {
		return new PreforkException("The master of this child is gone");
	}

	private <T> CompletableFuture<T> answer(CompletableFuture<T> asked) {
		// Of its own for each who asks, and not on the channel's thread
		return asked.handleAsync((result, ex) -> {
			if (ex != null) {
				throw new CompletionException(failure(ex));
			}
			return result;
		});
	}

	private static Throwable failure(Throwable ex) {
		Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
		return (cause instanceof TimeoutException) ? new PreforkException("The master does not answer", cause) : cause;
	}

}
