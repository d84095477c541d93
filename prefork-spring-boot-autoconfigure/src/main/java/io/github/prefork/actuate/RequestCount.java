package io.github.prefork.actuate;

/**
 * Counts the requests of all children that a slot has had. Never goes back: a child ends
 * between two readings of its figures, and then they are known a little later.
 */
final class RequestCount {

	private long count;

	/**
	 * Return the count.
	 * @param requests what is known now
	 * @return that, or what was known before if it was more
	 */
	synchronized long atLeast(long requests) {
		this.count = Math.max(this.count, requests);
		return this.count;
	}

}
