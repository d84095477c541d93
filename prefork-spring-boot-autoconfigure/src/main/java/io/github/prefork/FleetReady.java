package io.github.prefork;

import java.util.List;

/**
 * All children are ready for the first time; published once.
 *
 * @param children the ready children by slot
 */
public record FleetReady(List<ChildIdentity> children) implements PreforkEvent {

	public FleetReady {
		children = List.copyOf(children);
	}

}
