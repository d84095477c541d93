package io.github.prefork.recipes;

/**
 * Messages from outside, as a broker has them.
 */
interface Feed {

	/**
	 * Wait for the next message.
	 * @return the message
	 * @throws InterruptedException if interrupted
	 */
	String take() throws InterruptedException;

}
