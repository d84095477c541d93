package io.github.prefork;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a rolling restart has ended.
 *
 * @param outcome how it has ended
 * @param generation the generation of the new children; that of the present ones if the
 * request was refused
 * @param replaced the number of slots that have a new child
 * @param slot the slot whose new child failed, {@code null} if none has
 * @param reason why it was refused, has failed or was stopped, {@code null} if it is
 * finished
 * @param duration the time that it took
 */
public record RolloutResult(Outcome outcome, int generation, int replaced, @Nullable Integer slot,
		@Nullable String reason, Duration duration) {

	/**
	 * How a rolling restart can end.
	 */
	public enum Outcome {

		/**
		 * Every slot has a new child, and the old ones have ended.
		 */
		FINISHED,

		/**
		 * A new child could not be started. Those that were replaced before stay, all
		 * others go on serving.
		 */
		FAILED,

		/**
		 * It was not begun.
		 */
		REFUSED,

		/**
		 * The fleet was stopped meanwhile.
		 */
		STOPPED

	}

}
