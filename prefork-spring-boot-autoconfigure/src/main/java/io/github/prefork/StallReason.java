package io.github.prefork;

/**
 * Why a child is taken for stalled.
 */
public enum StallReason {

	/**
	 * It sends heartbeats, but an event loop of its server does not answer: something
	 * blocks it.
	 */
	EVENT_LOOP_BLOCKED("an event loop does not answer"),

	/**
	 * It sends no heartbeats and its process is stopped, by SIGSTOP, a terminal or a
	 * debugger.
	 */
	PROCESS_STOPPED("its process is stopped"),

	/**
	 * It sends no heartbeats although its process is not stopped: a long garbage
	 * collection, another pause of the JVM, or not enough processor time.
	 */
	NO_HEARTBEAT("no heartbeat");

	private final String text;

	StallReason(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
