package io.github.prefork.supervisor;

import java.util.Locale;

/**
 * What happens when there were more unplanned exits than the threshold allows.
 */
public enum OnExceeded {

	/**
	 * The fleet stops and the application fails.
	 */
	FAIL,

	/**
	 * No child is replaced any more, and those that are left go on serving. Without any
	 * left the fleet fails after all.
	 */
	KEEP_SURVIVORS;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
