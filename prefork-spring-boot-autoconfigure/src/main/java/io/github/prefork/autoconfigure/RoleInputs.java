package io.github.prefork.autoconfigure;

import java.util.Set;

/**
 * All that the role of an application depends on.
 *
 * @param claim what became of this process' claim to be a child
 * @param required whether prefork must work, else starting fails
 * @param obstacles what keeps the application from being a master
 */
record RoleInputs(ClaimOutcome claim, boolean required, Set<Obstacle> obstacles) {

	RoleInputs {
		obstacles = Set.copyOf(obstacles);
	}

}
