package io.github.prefork;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a rollout has ended: a rolling restart, or the recycling of one child.
 *
 * @param outcome how it has ended
 * @param generation the generation of the new children; that of the present ones if the
 * request was refused
 * @param replaced the number of slots that have a new child
 * @param slot the slot whose new child failed, -1 for a standby, {@code null} if none has
 * @param reason why it was refused, has failed or was stopped, {@code null} if it is
 * finished
 * @param duration the time that it took
 */
public record RolloutResult(Outcome outcome, int generation, int replaced, @Nullable Integer slot,
		@Nullable String reason, Duration duration) implements OperationResult {

}
