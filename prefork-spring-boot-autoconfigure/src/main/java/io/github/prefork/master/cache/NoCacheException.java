package io.github.prefork.master.cache;

/**
 * There can't be a start-up cache for this application, or for this way to start it.
 */
final class NoCacheException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param reason why, to be read after a colon
	 */
	NoCacheException(String reason) {
		super(reason);
	}

}
