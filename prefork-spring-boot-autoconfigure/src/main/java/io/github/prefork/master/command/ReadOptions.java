package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All options that a JVM reads, wherever they stand.
 */
final class ReadOptions {

	private ReadOptions() {
	}

	/**
	 * Return the options in the order in which a JVM reads them, so that the last one
	 * wins.
	 * @param command the program and its arguments
	 * @param environment the environment
	 * @param files the files that options name
	 * @return the options, the contents of files in the place of their names
	 */
	static List<String> of(List<String> command, Map<String, String> environment, OptionFiles files) {
		Map<String, String> expanded = JvmEnvironmentOptions.expandArgumentFiles(environment, files);
		List<String> named = new ArrayList<>(JvmEnvironmentOptions.before(expanded));
		named.addAll(ofCommandLine(command, files));
		named.addAll(JvmEnvironmentOptions.after(expanded));
		List<String> options = new ArrayList<>();
		FlagsFile.read(named, files).forEach((flag) -> options.add(FlagsFile.PREFIX + flag));
		options.addAll(OptionsFile.reported(named, files));
		return options;
	}

	private static List<String> ofCommandLine(List<String> command, OptionFiles files) {
		List<String> tokens = command.subList(1, command.size());
		return CommandLineParser.parse(command.get(0), tokens, files)
			.map((line) -> line.options().stream().map(ReadOptions::text).toList())
			.orElse(tokens);
	}

	private static String text(JvmOption option) {
		// The JVM takes the long ones in one token, too
		return option.startsWith("--") ? String.join("=", option.tokens()) : option.text();
	}

}
