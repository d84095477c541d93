package io.github.prefork;

import java.time.Duration;

/**
 * A child accepts connections.
 *
 * @param slot the place that it fills
 * @param generation the rollout that it belongs to
 * @param pid its process id
 * @param bootTime the time from its launch until now
 */
public record ChildReady(int slot, int generation, long pid, Duration bootTime) implements PreforkEvent {

}
