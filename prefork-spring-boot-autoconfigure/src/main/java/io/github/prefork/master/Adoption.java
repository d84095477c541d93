package io.github.prefork.master;

/**
 * The adoption of the child that was launched before its fleet.
 *
 * @param child the child
 * @param receiver who is told what happens to the child, once it is adopted
 */
record Adoption(EarlyChild child, EarlyEvents.Receiver receiver) {

	boolean isOf(long launch) {
		return this.child.is(launch);
	}

	/**
	 * Adopt the child, alive or not: what has happened to it is told then.
	 * @return its process id
	 */
	long adopt() {
		this.child.events().handTo(this.receiver);
		return this.child.pid();
	}

	long headStart() {
		return System.nanoTime() - this.child.launchedNanos();
	}

	boolean hadToWait() {
		return this.child.hasAsked();
	}

	void secure() {
		this.child.leave();
	}

}
