package io.github.prefork.master;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of a {@code java} command line as the launcher does.
 */
final class CommandLineParser {

	private final Iterator<String> tokens;

	private final List<JvmOption> options = new ArrayList<>();

	private boolean jar;

	private boolean argumentFiles = true;

	private CommandLineParser(List<String> tokens) {
		this.tokens = tokens.iterator();
	}

	/**
	 * Read a command line.
	 * @param executable the path of the {@code java} program
	 * @param tokens the tokens that follow it
	 * @return how the JVM was started, empty if the tokens don't tell because some of
	 * them stand in an argument file or nothing is run
	 */
	static Optional<LaunchCommand> parse(String executable, List<String> tokens) {
		return Optional.ofNullable(new CommandLineParser(tokens).read(executable));
	}

	private @Nullable LaunchCommand read(String executable) {
		while (this.tokens.hasNext()) {
			String token = this.tokens.next();
			if (isArgumentFile(token)) {
				return null;
			}
			List<String> target = target(token);
			if (target != null) {
				return isComplete(target) ? new LaunchCommand(executable, this.options, target, rest()) : null;
			}
			if (!option(token)) {
				return null;
			}
		}
		return null;
	}

	private @Nullable List<String> target(String token) {
		if (!LauncherSyntax.isOption(token)) {
			return (this.jar) ? List.of(LauncherSyntax.JAR, token) : List.of(token);
		}
		if (LauncherSyntax.isModule(token)) {
			return (this.tokens.hasNext()) ? List.of(token, this.tokens.next()) : List.of();
		}
		return LauncherSyntax.isModuleWithValue(token) ? List.of(token) : null;
	}

	private boolean isComplete(List<String> target) {
		return !target.isEmpty() && !isArgumentFile(target.get(target.size() - 1));
	}

	private boolean option(String token) {
		if (LauncherSyntax.JAR.equals(token)) {
			// The path need not follow at once
			this.jar = true;
			return true;
		}
		if (!LauncherSyntax.hasSeparateValue(token)) {
			this.argumentFiles = this.argumentFiles && !LauncherSyntax.NO_ARGUMENT_FILES.equals(token);
			return this.options.add(JvmOption.of(token));
		}
		if (!this.tokens.hasNext()) {
			return false;
		}
		String value = this.tokens.next();
		return !isArgumentFile(value) && this.options.add(JvmOption.of(token, value));
	}

	private boolean isArgumentFile(String token) {
		return this.argumentFiles && token.startsWith(LauncherSyntax.ARGUMENT_FILE_PREFIX);
	}

	private List<String> rest() {
		List<String> rest = new ArrayList<>();
		this.tokens.forEachRemaining(rest::add);
		return rest;
	}

}
