package io.github.prefork.master.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;

/**
 * An operation from its request on. Safe for use by several threads.
 *
 * @param id its number
 * @param operation what is done
 * @param startedAt when it was requested
 * @param startedNanos the reading of {@link System#nanoTime()} then
 * @param result how it ends
 */
record TrackedOperation(long id, Operation operation, Instant startedAt, long startedNanos,
		CompletableFuture<OperationResult> result) {

	static TrackedOperation begin(long id, Operation operation) {
		return new TrackedOperation(id, operation, Instant.now(), System.nanoTime(), new CompletableFuture<>());
	}

	/**
	 * It has ended. What depends on the result does not run on this thread.
	 * @param result how
	 */
	void end(OperationResult result) {
		this.result.completeAsync(() -> result);
	}

	OperationReport report() {
		OperationResult ended = this.result.getNow(null);
		Duration duration = (ended != null) ? ended.duration()
				: Duration.ofNanos(System.nanoTime() - this.startedNanos);
		return new OperationReport(this.id, this.operation, this.startedAt, duration, ended);
	}

}
