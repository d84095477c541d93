package io.github.prefork;

/**
 * Published in a child: its master is gone. The child finishes what is in flight and
 * exits (fasthttp: {@code OnMasterDeath}).
 *
 * @param masterPid the process id of the master
 */
public record MasterDied(long masterPid) implements PreforkEvent {

}
