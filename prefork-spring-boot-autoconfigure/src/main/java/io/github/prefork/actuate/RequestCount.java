package io.github.prefork.actuate;

/**
 * Counts the requests of all children that a slot has had, as far as they were read.
 */
final class RequestCount {

	private long ofEarlier;

	private long pid;

	private long ofLast;

	/**
	 * Return the count.
	 * @param pid the present child
	 * @param requests the requests of that one so far
	 * @return the requests of all
	 */
	synchronized long of(long pid, long requests) {
		if (pid != this.pid || requests < this.ofLast) {
			this.ofEarlier += this.ofLast;
			this.pid = pid;
		}
		this.ofLast = requests;
		return last();
	}

	/**
	 * Return the count when it was last read.
	 * @return the requests of all
	 */
	synchronized long last() {
		return this.ofEarlier + this.ofLast;
	}

}
