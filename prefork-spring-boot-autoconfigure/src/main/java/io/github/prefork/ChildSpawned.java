package io.github.prefork;

/**
 * A child process was started; it is not ready yet. An exception thrown by a listener
 * stops the fleet (fasthttp: {@code OnChildSpawn}).
 *
 * @param slot the place that it fills
 * @param generation the rollout that it belongs to
 * @param pid its process id
 */
public record ChildSpawned(int slot, int generation, long pid) implements PreforkEvent {

}
