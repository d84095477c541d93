package io.github.prefork.load;

import org.jspecify.annotations.Nullable;

/**
 * What failures are counted by.
 *
 * @param kind the kind of failure
 * @param reused whether the connection had carried a request before
 * @param pid the process that had accepted the connection, {@code null} if not known
 */
public record FailureGroup(FailureKind kind, boolean reused, @Nullable Long pid) {

	static FailureGroup of(RequestOutcome outcome) {
		Failure failure = outcome.failure();
		if (failure == null) {
			throw new IllegalArgumentException("not failed: " + outcome);
		}
		return new FailureGroup(failure.kind(), outcome.reused(), outcome.pid());
	}

	@Override
	public String toString() {
		return "%s on %s connections, pid %s".formatted(this.kind, (this.reused) ? "reused" : "new",
				(this.pid != null) ? this.pid : "unknown");
	}

}
