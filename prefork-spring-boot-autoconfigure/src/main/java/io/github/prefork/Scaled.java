package io.github.prefork;

import java.time.Duration;

/**
 * The number of children has been changed: those that were added are ready, those that
 * were taken away have ended.
 *
 * @param before the number of children that there should have been before
 * @param children the number of children that there should be now
 * @param duration the time that it took
 */
public record Scaled(int before, int children, Duration duration) implements PreforkEvent {

}
