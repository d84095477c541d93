package io.github.prefork;

import java.time.Duration;

/**
 * A rollout has ended because a new child could not be started. The slots that were
 * replaced before keep their new children, the others their old ones.
 *
 * @param generation the generation of the new children
 * @param cause why it had begun
 * @param slot the slot whose new child failed, -1 for a standby
 * @param reason what has happened to it
 * @param replaced the number of slots that have a new child
 * @param duration the time until it failed
 */
public record RolloutFailed(int generation, RolloutCause cause, int slot, String reason, int replaced,
		Duration duration) implements PreforkEvent {

}
