package io.github.prefork;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a change of the number of children has ended.
 *
 * @param outcome how it has ended
 * @param before the number of children that there should have been before
 * @param children the number of children that there should be now
 * @param reason why it was refused, has failed or was stopped, {@code null} if it is
 * finished
 * @param duration the time that it took
 */
public record ScaleResult(Outcome outcome, int before, int children, @Nullable String reason,
		Duration duration) implements OperationResult {

}
