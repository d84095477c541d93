package io.github.prefork.master.cache;

/**
 * Makes what is missing in a cache, on a thread of its own.
 */
interface Maker extends AutoCloseable {

	/**
	 * Begin, unless something is being made already.
	 * @param application the application
	 * @param pid a JVM that runs it
	 */
	void begin(Application application, long pid);

	/**
	 * Make nothing any more. Waits a moment until nothing is left of what was being made.
	 */
	@Override
	void close();

}
