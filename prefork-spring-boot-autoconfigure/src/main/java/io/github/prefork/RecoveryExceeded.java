package io.github.prefork;

import java.time.Duration;

/**
 * More children ended unplanned than {@code prefork.recovery.threshold} allows within
 * {@code prefork.recovery.window}. Lost children are not replaced any more, and unless
 * {@code prefork.recovery.on-exceeded} lets survivors go on serving, the fleet stops.
 *
 * @param exits the number of unplanned exits within the window
 * @param threshold the number that was allowed
 * @param window the window, zero for the master's whole life
 * @param survivorsKept whether the children that are left go on serving
 */
public record RecoveryExceeded(int exits, int threshold, Duration window,
		boolean survivorsKept) implements PreforkEvent {

}
