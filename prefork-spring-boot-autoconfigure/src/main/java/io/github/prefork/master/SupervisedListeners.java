package io.github.prefork.master;

import io.github.prefork.supervisor.Listeners;

/**
 * The master's listeners as the supervisor sees them.
 *
 * @param listeners the listeners
 */
record SupervisedListeners(MasterListeners listeners) implements Listeners {

	@Override
	public int count() {
		return this.listeners.count();
	}

	@Override
	public void listen() {
		this.listeners.listen();
	}

	@Override
	public int queueLength(int listener) {
		return this.listeners.queueLength(listener);
	}

	@Override
	public void close() {
		this.listeners.close();
	}

}
