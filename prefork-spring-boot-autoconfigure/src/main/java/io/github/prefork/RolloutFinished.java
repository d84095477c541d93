package io.github.prefork;

import java.time.Duration;

/**
 * A rollout is complete: every slot, or the one that it is about, has a new child, and
 * the old ones have ended.
 *
 * @param generation the generation of the new children
 * @param cause why it had begun
 * @param replaced the number of slots that have a new child
 * @param duration the time that it took
 */
public record RolloutFinished(int generation, RolloutCause cause, int replaced,
		Duration duration) implements PreforkEvent {

}
