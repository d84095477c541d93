package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of a JVM that come from its environment. A child inherits the environment,
 * so they must not be repeated on its command line.
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
	 * @return the options in the form in which the JVM reports them
	 */
	static List<String> before(Map<String, String> environment) {
		List<String> options = new ArrayList<>(split(environment.getOrDefault(TOOL_OPTIONS, "")));
		options.addAll(joinValues(split(environment.getOrDefault(LAUNCHER_OPTIONS, ""))));
		return options;
	}

	/**
	 * Return the options that override those of the command line.
	 * @param environment the environment
	 * @return the options in the form in which the JVM reports them
	 */
	static List<String> after(Map<String, String> environment) {
		return split(environment.getOrDefault(LAST_OPTIONS, ""));
	}

	/**
	 * Return the given options without those of the environment.
	 * @param options the options that the JVM reports
	 * @param environment the environment
	 * @return those of the command line
	 */
	static List<String> removeFrom(List<String> options, Map<String, String> environment) {
		List<String> remaining = new ArrayList<>(options);
		before(environment).forEach(remaining::remove);
		for (String option : after(environment)) {
			int index = remaining.lastIndexOf(option);
			if (index >= 0) {
				remaining.remove(index);
			}
		}
		return remaining;
	}

	/**
	 * Split at blanks that don't stand between quotes; the quotes are dropped and nothing
	 * is escaped.
	 * @param text the value of the variable
	 * @return the options
	 */
	static List<String> split(String text) {
		List<String> tokens = new ArrayList<>();
		StringBuilder token = new StringBuilder();
		char quote = 0;
		boolean started = false;
		for (char ch : text.toCharArray()) {
			if ((quote != 0) ? ch == quote : ch == '"' || ch == '\'') {
				quote = (quote != 0) ? 0 : ch;
				started = true;
			}
			else if (quote != 0 || !Character.isWhitespace(ch)) {
				token.append(ch);
				started = true;
			}
			else if (started) {
				tokens.add(token.toString());
				token.setLength(0);
				started = false;
			}
		}
		if (started) {
			tokens.add(token.toString());
		}
		return tokens;
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
