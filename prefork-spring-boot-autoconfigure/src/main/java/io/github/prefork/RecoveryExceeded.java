package io.github.prefork;

import java.time.Duration;

/**
 * More children ended unplanned than {@code prefork.recovery.threshold} allows within
 * {@code prefork.recovery.window}; the fleet stops.
 *
 * @param exits the number of unplanned exits within the window
 * @param threshold the number that was allowed
 * @param window the window, zero for the master's whole life
 */
public record RecoveryExceeded(int exits, int threshold, Duration window) implements PreforkEvent {

}
