package io.github.prefork;

/**
 * A lost child has been replaced and its replacement is ready. Comes after the
 * {@link ChildSpawned} and {@link ChildReady} of the replacement. An exception thrown by
 * a listener stops the fleet (fasthttp: {@code OnChildRecover}).
 *
 * @param slot the place that both filled
 * @param generation the rollout that the replacement belongs to
 * @param oldPid the process id of the lost child: the last one that was ready in the
 * slot, or the first one launched if none was
 * @param newPid the process id of the replacement
 */
public record ChildRecovered(int slot, int generation, long oldPid, long newPid) implements PreforkEvent {

}
