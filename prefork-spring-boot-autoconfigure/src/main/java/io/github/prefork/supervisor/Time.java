package io.github.prefork.supervisor;

/**
 * The supervisor's time.
 */
@FunctionalInterface
public interface Time {

	/**
	 * Return the current time.
	 * @return nanoseconds from an arbitrary origin, never going back
	 */
	long nanos();

}
