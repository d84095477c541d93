package io.github.prefork;

import java.time.Duration;

/**
 * A stalled child has been heard of again.
 *
 * @param slot its place
 * @param generation the rollout that it belongs to
 * @param pid its process id
 * @param stalled the time for which it had not been heard of
 */
public record ChildResumed(int slot, int generation, long pid, Duration stalled) implements PreforkEvent {

}
