package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options that say how many processors a child uses. They follow
 * {@code prefork.child.processors}, whatever the master was started with.
 */
final class ProcessorOptions {

	private static final List<String> PREFIXES = List.of("-XX:ActiveProcessorCount=", "-Dreactor.netty.ioWorkerCount=");

	private ProcessorOptions() {
	}

	/**
	 * Return whether an option says how many processors are used.
	 * @param option the option
	 * @return whether it does
	 */
	static boolean isSaidBy(String option) {
		return PREFIXES.stream().anyMatch(option::startsWith);
	}

	/**
	 * Return the options that a child gets.
	 * @param settings what the user wants in the children
	 * @param environment the environment of the child
	 * @return options for what the user does not say for the children
	 */
	static List<String> of(ChildSettings settings, Map<String, String> environment) {
		// What is read before the command line would lose against ours anyway
		List<String> given = Stream.of(settings.jvmArguments(), JvmEnvironmentOptions.after(environment))
			.flatMap(List::stream)
			.toList();
		return PREFIXES.stream()
			.filter((prefix) -> given.stream().noneMatch((option) -> option.startsWith(prefix)))
			.map((prefix) -> prefix + settings.processors())
			.toList();
	}

}
