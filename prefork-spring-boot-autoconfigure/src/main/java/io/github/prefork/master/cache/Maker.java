package io.github.prefork.master.cache;

import java.util.function.LongSupplier;

/**
 * Makes what is missing in a cache, on a thread of its own.
 */
interface Maker extends AutoCloseable {

	/**
	 * Begin, unless something is being made already.
	 * @param application the application
	 * @param jvm gives the process id of a JVM that runs it, when it is needed
	 */
	void begin(Application application, LongSupplier jvm);

	/**
	 * Forget that something can't be made, or need not be.
	 */
	void reconsider();

	/**
	 * Make nothing any more. Waits a moment until nothing is left of what was being made.
	 */
	@Override
	void close();

}
