package io.github.prefork;

import java.time.Duration;

/**
 * A rolling restart is complete: every slot has a new child, and the old ones have ended.
 *
 * @param generation the generation of the new children
 * @param replaced the number of slots that have a new child
 * @param duration the time that it took
 */
public record RolloutFinished(int generation, int replaced, Duration duration) implements PreforkEvent {

}
