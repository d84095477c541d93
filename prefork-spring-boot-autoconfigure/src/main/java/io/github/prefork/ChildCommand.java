package io.github.prefork;

import java.util.List;
import java.util.Map;

/**
 * How to launch one child: decided by the master, carried out by a {@link ChildLauncher}.
 *
 * @param slot the place that the child fills, -1 for a standby
 * @param generation the rollout that it belongs to
 * @param command the executable and its arguments
 * @param environment the whole environment of the child
 */
public record ChildCommand(int slot, int generation, List<String> command, Map<String, String> environment) {

	public ChildCommand {
		command = List.copyOf(command);
		environment = Map.copyOf(environment);
	}

}
