package io.github.prefork.child;

/**
 * Whether the child goes on after the end of its master, and then accepts by itself. Safe
 * for use by several threads.
 */
final class Solitude {

	private final ServerListeners listeners;

	private boolean ready;

	private boolean wasReady;

	private boolean alone;

	Solitude(ServerListeners listeners) {
		this.listeners = listeners;
	}

	/**
	 * The application accepts traffic, or refuses it.
	 * @param accepting whether it accepts
	 */
	synchronized void readiness(boolean accepting) {
		this.wasReady |= accepting;
		this.ready = accepting;
		if (this.alone) {
			this.listeners.acceptAll(accepting);
		}
	}

	/**
	 * The master is gone: go on without it if that makes sense.
	 * @return whether the child goes on
	 */
	synchronized boolean begin() {
		// One that still boots has no use: it may not even have got its listeners
		this.alone = this.wasReady;
		if (this.alone) {
			// Nobody assigns any more, and nobody knows which siblings are left
			this.listeners.acceptAll(this.ready);
		}
		return this.alone;
	}

	synchronized boolean isAlone() {
		return this.alone;
	}

}
