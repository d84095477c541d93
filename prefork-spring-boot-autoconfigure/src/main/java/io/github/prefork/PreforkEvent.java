package io.github.prefork;

/**
 * Something that happened in the fleet. Published in the master's application context on
 * the supervisor's thread, synchronously and in order, so a listener must not block. Any
 * {@code @EventListener} method with one of the permitted types as its parameter receives
 * it. {@link MasterDied}, {@link SlotAssigned} and {@link LeaderChanged} are published in
 * a child.
 */
public sealed interface PreforkEvent permits ChildSpawned, MasterReady, ChildReady, FleetReady, ChildExited,
		ChildRecovered, ChildStalled, ChildResumed, RecoveryExceeded, RolloutStarted, RolloutFinished, RolloutFailed,
		Scaled, MasterDied, SlotAssigned, LeaderChanged {

}
