package io.github.prefork.autoconfigure.role;

import java.util.Set;

/**
 * All that the role of an application depends on.
 *
 * @param claim what became of this process' claim to be a child
 * @param required whether prefork must work, else starting fails
 * @param obstacles what keeps the application from being a master
 * @param platform the reason of {@link Obstacle#PLATFORM}, empty without it
 * @param childProcess whether a master launched this process as a child
 */
public record RoleInputs(ClaimOutcome claim, boolean required, Set<Obstacle> obstacles, String platform,
		boolean childProcess) {

	public RoleInputs {
		obstacles = Set.copyOf(obstacles);
	}

}
