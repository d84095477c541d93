package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.prefork.PreforkException;

/**
 * Finds out how to start this application again. The command line that the system tells
 * is taken as it is, with the contents of argument files in their place; where it does
 * not tell, or an argument file is gone or has changed, the command line is put together
 * from what the JVM reports.
 */
final class CommandLineReader {

	private CommandLineReader() {
	}

	/**
	 * Return how a JVM was started.
	 * @param facts what is known of the JVM
	 * @param files the files that its command line names
	 * @param warnings takes what the operator has to know
	 * @return how to start it again
	 * @throws PreforkException if there is no way to know
	 */
	static LaunchCommand read(JvmFacts facts, OptionFiles files, Consumer<String> warnings) {
		return CommandLineParser.parse(facts.executable(), facts.commandLine(), files)
			.filter((command) -> isReported(command, facts))
			.orElseGet(() -> new ReportedCommandLine(facts, files, warnings).read());
	}

	private static boolean isReported(LaunchCommand command, JvmFacts facts) {
		// An argument file may have been changed since
		if (facts.javaCommand() == null || facts.commandLine().stream().noneMatch(LauncherSyntax::isArgumentFile)) {
			return true;
		}
		List<String> joined = new ArrayList<>(
				command.target().subList(command.target().size() - 1, command.target().size()));
		joined.addAll(command.arguments());
		return comparable(String.join(" ", joined)).endsWith(comparable(facts.javaCommand()));
	}

	private static String comparable(String text) {
		// What the JVM can't decode, it reports as something else
		return text.replaceAll("[^\\x00-\\x7f]|\\?", "");
	}

}
