package io.github.prefork;

import java.time.Duration;

/**
 * A ready child has not been heard of for {@code prefork.heartbeat.stall-timeout}, or an
 * event loop of it has not answered for that long; its siblings accept on its listener in
 * addition.
 *
 * @param slot its place
 * @param generation the rollout that it belongs to
 * @param pid its process id
 * @param reason what is known of the cause
 * @param duration how long it has not been heard of, or its event loop has not answered
 */
public record ChildStalled(int slot, int generation, long pid, StallReason reason,
		Duration duration) implements PreforkEvent {

}
