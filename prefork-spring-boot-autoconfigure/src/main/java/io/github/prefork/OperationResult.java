package io.github.prefork;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How an operation on the fleet has ended.
 */
public sealed interface OperationResult permits RolloutResult, ScaleResult {

	/**
	 * Return how it has ended.
	 * @return the outcome
	 */
	Outcome outcome();

	/**
	 * Return why it was refused, has failed or was stopped.
	 * @return the reason in one sentence, {@code null} if it is finished
	 */
	@Nullable String reason();

	/**
	 * Return the time that it took.
	 * @return the duration, zero if it was refused
	 */
	Duration duration();

	/**
	 * How an operation can end.
	 */
	enum Outcome {

		/**
		 * All was done as requested.
		 */
		FINISHED,

		/**
		 * A new child could not be started. What was done before stays, and all other
		 * children go on serving.
		 */
		FAILED,

		/**
		 * It was not begun.
		 */
		REFUSED,

		/**
		 * The fleet was stopped meanwhile, or another request has taken its place.
		 */
		STOPPED

	}

}
