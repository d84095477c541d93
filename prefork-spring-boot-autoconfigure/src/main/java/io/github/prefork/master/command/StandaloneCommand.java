package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildProperties;

/**
 * The command of a process that runs the application as a child would, but is none.
 */
public final class StandaloneCommand {

	private StandaloneCommand() {
	}

	/**
	 * Make the command.
	 * @param commands makes the commands of the children
	 * @param form how it differs from the plain one
	 * @param label names the files of the process
	 * @param properties properties of the application that it gets instead of what the
	 * arguments say, by their names
	 * @return the command
	 */
	public static ChildCommand of(ChildCommandFactory commands, StartForm form, String label,
			Map<String, String> properties) {
		ChildCommand child = commands.withoutPlace(label, form);
		List<String> command = new ArrayList<>(child.command());
		// Of an argument that is given twice Spring makes a list
		command.removeIf((token) -> token.startsWith("-D" + ChildProperties.LAUNCHED_BY + "=")
				|| token.startsWith(FileLabel.OPTION)
				|| properties.keySet().stream().anyMatch((name) -> isArgument(token, name)));
		properties.forEach((name, value) -> command.add("--" + name + "=" + value));
		Map<String, String> environment = new HashMap<>(child.environment());
		environment.keySet()
			.removeAll(List.of(ChildEnvironment.SLOT, ChildEnvironment.GENERATION, ChannelAddress.VARIABLE));
		return new ChildCommand(0, 0, command, environment);
	}

	private static boolean isArgument(String token, String property) {
		String name = token.startsWith("--") ? token.substring(2).split("=", 2)[0] : "";
		return property.equals(name.toLowerCase(Locale.ROOT).replace('_', '.'));
	}

}
