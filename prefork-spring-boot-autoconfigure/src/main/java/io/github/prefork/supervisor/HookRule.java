package io.github.prefork.supervisor;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.MasterReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RecoveryExceeded;

/**
 * What follows when a listener of an event throws an exception.
 */
public enum HookRule {

	/**
	 * One of {@link ChildSpawned}, {@link MasterReady} or {@link ChildRecovered} stops
	 * the fleet, others are logged.
	 */
	ABORT,

	/**
	 * All are logged, and the fleet goes on.
	 */
	LOG;

	boolean stopsAt(PreforkEvent event) {
		return this == ABORT
				&& (event instanceof ChildSpawned || event instanceof MasterReady || event instanceof ChildRecovered);
	}

	/**
	 * Return whether an event that was waiting when a listener has stopped the fleet is
	 * still published: the ends are, and the beginnings that they belong to, nothing that
	 * sounds as if the fleet went on.
	 * @param event the event
	 * @return whether it is
	 */
	static boolean isStillTold(PreforkEvent event) {
		return event instanceof ChildSpawned || event instanceof ChildExited || event instanceof RecoveryExceeded;
	}

	@Override
	public String toString() {
		return switch (this) {
			case ABORT -> "abort";
			case LOG -> "log";
		};
	}

}
