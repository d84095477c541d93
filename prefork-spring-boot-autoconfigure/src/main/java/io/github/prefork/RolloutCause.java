package io.github.prefork;

/**
 * Why a rollout has begun.
 */
public enum RolloutCause {

	/**
	 * Somebody asked for new children in all slots.
	 */
	RESTART,

	/**
	 * Somebody asked for a new child in one slot.
	 */
	RECYCLE,

	/**
	 * Nobody asked: the child of one slot has reached a limit of
	 * {@code prefork.recycle.*}.
	 */
	LIMIT

}
