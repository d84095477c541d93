package io.github.prefork;

/**
 * Where a child is in its life.
 */
public enum ChildState {

	/**
	 * Launched and not yet ready.
	 */
	BOOTING,

	/**
	 * Accepts connections.
	 */
	READY,

	/**
	 * Alive and refusing traffic by its own readiness state.
	 */
	REFUSING,

	/**
	 * Finishes what is in flight and exits.
	 */
	LEAVING,

	/**
	 * Ready, without a slot: it accepts no connections and waits to take a lost child's
	 * place.
	 */
	STANDBY

}
