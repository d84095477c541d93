package io.github.prefork;

/**
 * This child leads the fleet from now on, or does so no longer; see
 * {@link Prefork#isLeader()}. Published in the child's application context after the
 * answer of that method has changed, in order, on a thread of its own. Not published in a
 * child that never leads, and not in a standalone process, which always does.
 *
 * @param leader whether it leads
 */
public record LeaderChanged(boolean leader) implements PreforkEvent {

}
