package io.github.prefork;

import java.time.Duration;

/**
 * A ready child has not been heard of for {@code prefork.heartbeat.stall-timeout}; its
 * siblings accept on its listener in addition.
 *
 * @param slot its place
 * @param generation the rollout that it belongs to
 * @param pid its process id
 * @param heartbeatAge the time since its last heartbeat
 */
public record ChildStalled(int slot, int generation, long pid, Duration heartbeatAge) implements PreforkEvent {

}
