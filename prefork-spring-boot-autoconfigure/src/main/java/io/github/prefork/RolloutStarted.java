package io.github.prefork;

/**
 * A rolling restart begins: the children are replaced, one slot at a time.
 *
 * @param generation the generation of the new children
 */
public record RolloutStarted(int generation) implements PreforkEvent {

}
