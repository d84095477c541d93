package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.StallReason;
import org.jspecify.annotations.Nullable;

/**
 * How it is with a child that is late.
 *
 * @param reason why it is late
 * @param since since when, in the supervisor's time
 * @param cpuTime the processor time that its process had used when it was noticed,
 * {@code null} if that is not known
 */
record Stall(StallReason reason, long since, @Nullable Duration cpuTime) {

	@Nullable Duration usedUntil(@Nullable Duration cpuTime) {
		return (cpuTime != null && this.cpuTime != null) ? cpuTime.minus(this.cpuTime) : null;
	}

}
