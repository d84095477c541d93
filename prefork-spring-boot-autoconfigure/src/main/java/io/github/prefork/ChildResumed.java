package io.github.prefork;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A stalled child has been heard of again, or its event loop answers again.
 *
 * @param slot its place
 * @param generation the rollout that it belongs to
 * @param pid its process id
 * @param reason why it was taken for stalled
 * @param stalled for how long
 * @param cpuTime the processor time that it has used meanwhile, or since it was noticed;
 * {@code null} if that is not known. Much of it means a pause of the JVM such as a
 * garbage collection, next to nothing means that it was stopped or got no processor
 */
public record ChildResumed(int slot, int generation, long pid, StallReason reason, Duration stalled,
		@Nullable Duration cpuTime) implements PreforkEvent {

}
