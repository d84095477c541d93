package io.github.prefork.master.command;

import java.util.Set;

/**
 * What has to be known of the {@code java} launcher's command line.
 */
final class LauncherSyntax {

	static final String JAR = "-jar";

	static final String NO_ARGUMENT_FILES = "--disable-@files";

	private static final String ARGUMENT_FILE = "@";

	private static final String MODULE_WITH_VALUE = "--module=";

	private static final Set<String> MODULE = Set.of("-m", "--module");

	private static final Set<String> SEPARATE_VALUE = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path",
			"--upgrade-module-path", "--add-modules", "--limit-modules", "--enable-native-access", "--add-exports",
			"--add-opens", "--add-reads", "--patch-module", "--source", "-d", "--describe-module");

	private LauncherSyntax() {
	}

	static boolean isOption(String token) {
		return token.startsWith("-");
	}

	/**
	 * Return whether the token stands for the contents of a file.
	 * @param token the token
	 * @return whether it does; two of the characters are an escaped one
	 */
	static boolean isArgumentFile(String token) {
		return token.startsWith(ARGUMENT_FILE) && !token.startsWith(ARGUMENT_FILE + ARGUMENT_FILE);
	}

	/**
	 * Return the token in the form that does not stand for a file.
	 * @param token the token
	 * @return the form for the command line
	 */
	static String escaped(String token) {
		return token.startsWith(ARGUMENT_FILE) ? ARGUMENT_FILE + token : token;
	}

	/**
	 * Return whether the next token is the value of this option, whatever it looks like.
	 * @param token the option
	 * @return whether it has a separate value
	 */
	static boolean hasSeparateValue(String token) {
		return SEPARATE_VALUE.contains(token);
	}

	/**
	 * Return whether the next token is the module to run.
	 * @param token the option
	 * @return whether it introduces the module
	 */
	static boolean isModule(String token) {
		return MODULE.contains(token);
	}

	/**
	 * Return whether this token names the module to run.
	 * @param token the option
	 * @return whether it contains the module
	 */
	static boolean isModuleWithValue(String token) {
		return token.startsWith(MODULE_WITH_VALUE);
	}

	/**
	 * Return the form in which the JVM reports an option that was given with a separate
	 * value.
	 * @param name the option
	 * @param value its value
	 * @return the single token
	 */
	static String joined(String name, String value) {
		return ("-p".equals(name) ? "--module-path" : name) + "=" + value;
	}

}
