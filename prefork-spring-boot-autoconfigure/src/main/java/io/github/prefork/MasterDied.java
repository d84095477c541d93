package io.github.prefork;

/**
 * Published in a child: its master is gone (fasthttp: {@code OnMasterDeath}). The child
 * finishes what is in flight and exits, unless {@code prefork.child.on-master-death} lets
 * it go on.
 *
 * @param masterPid the process id of the master
 */
public record MasterDied(long masterPid) implements PreforkEvent {

}
