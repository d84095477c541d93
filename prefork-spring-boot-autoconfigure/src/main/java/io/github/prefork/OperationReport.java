package io.github.prefork;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far an operation is.
 *
 * @param id its number, given by the master; no other operation of the same master has it
 * @param operation what is done
 * @param startedAt when it was requested, by the clock of the master
 * @param duration the time that it took, or has taken so far
 * @param result how it has ended, {@code null} while it is running
 */
public record OperationReport(long id, Operation operation, Instant startedAt, Duration duration,
		@Nullable OperationResult result) {

	/**
	 * Return whether it is running.
	 * @return whether it has not ended yet
	 */
	public boolean running() {
		return this.result == null;
	}

}
