package io.github.prefork;

/**
 * Why a child is gone.
 */
public enum ExitReason {

	/**
	 * The master asked for it.
	 */
	PLANNED("planned"),

	/**
	 * The child left in order without being asked by the master: a SIGTERM from outside,
	 * {@code System.exit} or a closed application context.
	 */
	LEFT("left"),

	/**
	 * Ended by a signal that nobody of the fleet sent.
	 */
	KILLED("killed"),

	/**
	 * Ended by itself without leaving in order.
	 */
	CRASHED("crashed"),

	/**
	 * Ran out of memory: of its heap, of direct memory, of memory for threads, or of what
	 * the system gives, so that the kernel killed it.
	 */
	OUT_OF_MEMORY("out-of-memory"),

	/**
	 * Ended before it was ready.
	 */
	BOOT_FAILED("boot-failed"),

	/**
	 * Killed because it was not ready within {@code prefork.boot-timeout}.
	 */
	BOOT_TIMEOUT("boot-timeout"),

	/**
	 * Ended because it hung: for {@code prefork.heartbeat.timeout} it sent no heartbeat,
	 * or an event loop of it did not answer.
	 */
	HUNG("hung"),

	/**
	 * Killed because it lost its channel to the master and lived on.
	 */
	LOST_CHANNEL("lost-channel");

	private final String label;

	ExitReason(String label) {
		this.label = label;
	}

	/**
	 * Return the name that logs and the tag {@code reason} of {@code prefork.exits} use.
	 * @return the name in lower case with hyphens
	 */
	public String label() {
		return this.label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
