package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a JVM that come from its environment. A child inherits the environment,
 * so they must not be repeated on its command line, and it must not get those that are
 * for one process only.
 */
final class JvmEnvironmentOptions {

	/** Read before the command line: by the JVM and by the launcher. */
	private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

	private static final String LAUNCHER_OPTIONS = "JDK_JAVA_OPTIONS";

	/** Read after the command line. */
	private static final String LAST_OPTIONS = "_JAVA_OPTIONS";

	private JvmEnvironmentOptions() {
	}

	/**
	 * Return the options that a later one on the command line overrides.
	 * @param environment the environment
	 * @return the options, those of the launcher in the form in which the JVM reports
	 * them
	 */
	static List<String> before(Map<String, String> environment) {
		List<String> options = new ArrayList<>(values(environment, TOOL_OPTIONS));
		options.addAll(joinValues(values(environment, LAUNCHER_OPTIONS)));
		return options;
	}

	/**
	 * Return the options that override those of the command line.
	 * @param environment the environment
	 * @return the options
	 */
	static List<String> after(Map<String, String> environment) {
		return values(environment, LAST_OPTIONS);
	}

	private static List<String> values(Map<String, String> environment, String name) {
		return OptionToken.values(environment.getOrDefault(name, ""));
	}

	/**
	 * Return the given options without those of the environment.
	 * @param options the options that the JVM reports
	 * @param environment the environment, its argument files expanded
	 * @param files the files that options name
	 * @return those of the command line
	 */
	static List<String> removeFrom(List<String> options, Map<String, String> environment, OptionFiles files) {
		List<String> remaining = new ArrayList<>(options);
		OptionsFile.reported(before(environment), files).forEach(remaining::remove);
		for (String option : OptionsFile.reported(after(environment), files)) {
			int index = remaining.lastIndexOf(option);
			if (index >= 0) {
				remaining.remove(index);
			}
		}
		return remaining;
	}

	/**
	 * Put the contents of argument files in their place: they may be gone when a child is
	 * launched.
	 * @param environment the environment
	 * @param files the files
	 * @return the same environment if there are none that can be read
	 */
	static Map<String, String> expandArgumentFiles(Map<String, String> environment, OptionFiles files) {
		List<OptionToken> tokens = OptionToken.split(environment.getOrDefault(LAUNCHER_OPTIONS, ""));
		List<String> expanded = new ArrayList<>();
		tokens.forEach((token) -> expanded.addAll(contents(token, files)));
		if (expanded.equals(tokens.stream().map(OptionToken::raw).toList())) {
			return environment;
		}
		Map<String, String> changed = new HashMap<>(environment);
		changed.put(LAUNCHER_OPTIONS, String.join(" ", expanded));
		return changed;
	}

	private static List<String> contents(OptionToken token, OptionFiles files) {
		String contents = (LauncherSyntax.isArgumentFile(token.value())) ? files.read(token.value().substring(1))
				: null;
		if (contents == null) {
			return List.of(token.raw());
		}
		return ArgumentFile.parse(contents).stream().map(LauncherSyntax::escaped).map(OptionToken::quote).toList();
	}

	/**
	 * Return the variables as a child gets them.
	 * @param environment the environment of the master
	 * @param label names the files of the child
	 * @param files the files that options name
	 * @param more decides about further options, the file of flags among them
	 * @return the variables that are there, by their name
	 */
	static Map<String, OptionsVariable> forChild(Map<String, String> environment, String label, OptionFiles files,
			OptionRule more) {
		Map<String, OptionsVariable> variables = new LinkedHashMap<>();
		for (String name : List.of(TOOL_OPTIONS, LAUNCHER_OPTIONS, LAST_OPTIONS)) {
			String value = environment.get(name);
			if (value != null) {
				variables.put(name, OptionsVariable.of(value, LAUNCHER_OPTIONS.equals(name), label, files, more));
			}
		}
		return variables;
	}

	private static List<String> joinValues(List<String> tokens) {
		List<String> joined = new ArrayList<>();
		for (int i = 0; i < tokens.size(); i++) {
			String token = tokens.get(i);
			if (LauncherSyntax.hasSeparateValue(token) && i + 1 < tokens.size()) {
				token = LauncherSyntax.joined(token, tokens.get(++i));
			}
			joined.add(token);
		}
		return joined;
	}

}
