package io.github.prefork.master.command;

import java.util.List;

/**
 * How a JVM was started.
 *
 * @param executable the path of the {@code java} program
 * @param options the options of the JVM, the class path among them, in their order
 * @param target what to run: {@code -jar} and a path, {@code -m} and a module, or a main
 * class
 * @param arguments the arguments of the application
 */
record LaunchCommand(String executable, List<JvmOption> options, List<String> target, List<String> arguments) {

	LaunchCommand {
		options = List.copyOf(options);
		target = List.copyOf(target);
		arguments = List.copyOf(arguments);
	}

}
