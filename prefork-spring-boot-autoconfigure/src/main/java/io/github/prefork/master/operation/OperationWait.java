package io.github.prefork.master.operation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.prefork.OperationReport;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for the end of an operation, but not for ever. The operation knows
 * nothing of it.
 *
 * @param over completed when the wait is over
 * @param answer how far the operation is then; completed on a thread of the common pool
 */
public record OperationWait(CompletableFuture<Void> over, CompletableFuture<OperationReport> answer) {

	/**
	 * Begin to wait.
	 * @param operation the operation
	 * @param wait how long at most, {@code null} for as long as it takes
	 * @return the wait
	 */
	static OperationWait begin(TrackedOperation operation, @Nullable Duration wait) {
		CompletableFuture<Void> over = new CompletableFuture<>();
		OperationWait begun = new OperationWait(over, over.thenApplyAsync((nothing) -> operation.report()));
		operation.result().thenRun(begun::cutShort);
		if (wait != null) {
			over.completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
		}
		return begun;
	}

	/**
	 * Wait no longer.
	 */
	public void cutShort() {
		this.over.complete(null);
	}

}
