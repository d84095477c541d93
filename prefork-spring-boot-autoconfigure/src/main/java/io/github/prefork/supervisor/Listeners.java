package io.github.prefork.supervisor;

/**
 * The master's listening sockets. There are none if each child binds a socket of its own:
 * then nobody can accept in another's place, and there is nothing to assign.
 */
public interface Listeners {

	/**
	 * Return how many there are.
	 * @return the number of listeners, 0 if the children have their own
	 */
	int count();

	/**
	 * Open more, like those there are, above them; they stay open when their slot is
	 * given up. Only where each slot has one, after {@link #listen()}.
	 * @param more how many
	 * @throws RuntimeException if it is not possible; there are as many as before then,
	 * unless some listened already
	 */
	void add(int more);

	/**
	 * Begin to listen; does nothing if it has begun.
	 * @throws RuntimeException if it is not possible
	 */
	void listen();

	/**
	 * Return how many connections wait to be accepted.
	 * @param listener the index
	 * @return the length of the accept queue, 0 or less if there is none
	 */
	int queueLength(int listener);

	/**
	 * Ask to be told once, by {@link Input.QueueStirred}, when a connection waits on any
	 * listener, now or later.
	 * @return whether that works; otherwise the queues have to be read all the time
	 */
	boolean alert();

	/**
	 * Close the master's copies.
	 */
	void close();

}
