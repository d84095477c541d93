package io.github.prefork.load;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One request and what came of it.
 *
 * @param number its place in the schedule, from 0
 * @param scheduled when it was to start
 * @param started when a connection took it on: before connecting, if the connection was
 * new
 * @param finished when its response was complete or it had failed
 * @param reused whether the connection had carried a request before
 * @param localPort the client's port of the connection, 0 if it was never connected
 * @param pid the process that had accepted the connection, {@code null} if no response on
 * it has told
 * @param status the status of the response, 0 if there was none
 * @param failure why it failed, {@code null} if it did not
 */
public record RequestOutcome(long number, Instant scheduled, Instant started, Instant finished, boolean reused,
		int localPort, @Nullable Long pid, int status, @Nullable Failure failure) {

	/**
	 * Return whether a complete 2xx response came.
	 * @return whether it succeeded
	 */
	public boolean ok() {
		return this.failure == null;
	}

	/**
	 * Return the time that somebody who asked at the scheduled moment had to wait.
	 * @return the time from the scheduled start to the end
	 */
	public Duration latency() {
		return Duration.between(this.scheduled, this.finished);
	}

	/**
	 * Return whether the connection is known to have been accepted by a process.
	 * @param pid the process
	 * @return whether it was this one; {@code false} if not known
	 */
	public boolean acceptedBy(long pid) {
		return this.pid != null && this.pid == pid;
	}

	/**
	 * Return whether the request failed in a way.
	 * @param kind the kind of failure
	 * @return whether it failed so
	 */
	public boolean failedWith(FailureKind kind) {
		return this.failure != null && this.failure.kind() == kind;
	}

	@Override
	public String toString() {
		return "#%d on %s connection, local port %s, pid %s: scheduled %s, started %s, finished %s: %s".formatted(
				this.number, (this.reused) ? "a reused" : "a new", (this.localPort != 0) ? this.localPort : "none",
				(this.pid != null) ? this.pid : "unknown", this.scheduled, this.started, this.finished,
				(this.failure != null) ? this.failure.kind() + " (" + this.failure.message() + ")"
						: "status " + this.status);
	}

}
