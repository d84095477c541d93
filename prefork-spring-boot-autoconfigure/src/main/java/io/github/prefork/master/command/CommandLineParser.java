package io.github.prefork.master.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of a {@code java} command line as the launcher does. An argument file
 * is replaced by its contents: it may be gone when a child is launched.
 */
final class CommandLineParser {

	private final OptionFiles files;

	private final Deque<Token> tokens = new ArrayDeque<>();

	private final List<JvmOption> options = new ArrayList<>();

	private boolean jar;

	private boolean argumentFiles = true;

	private CommandLineParser(List<String> tokens, OptionFiles files) {
		this.files = files;
		tokens.forEach((token) -> this.tokens.addLast(new Token(token, false)));
	}

	/**
	 * Read a command line.
	 * @param executable the path of the {@code java} program
	 * @param tokens the tokens that follow it
	 * @param files the files that it names
	 * @return how the JVM was started, empty if the tokens don't tell because an argument
	 * file can't be read or nothing is run
	 */
	static Optional<LaunchCommand> parse(String executable, List<String> tokens, OptionFiles files) {
		return Optional.ofNullable(new CommandLineParser(tokens, files).read(executable));
	}

	private @Nullable LaunchCommand read(String executable) {
		for (String token = next(); token != null; token = next()) {
			List<String> target = target(token);
			if (target != null) {
				return (!target.isEmpty()) ? new LaunchCommand(executable, this.options, target, rest()) : null;
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
			String module = next();
			return (module != null) ? List.of(token, module) : List.of();
		}
		return LauncherSyntax.isModuleWithValue(token) ? List.of(token) : null;
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
		String value = next();
		return value != null && this.options.add(JvmOption.of(token, value));
	}

	private @Nullable String next() {
		Token token = this.tokens.pollFirst();
		while (token != null && isArgumentFile(token)) {
			String contents = this.files.read(token.text().substring(1));
			if (contents == null) {
				return null;
			}
			putFirst(ArgumentFile.parse(contents));
			token = this.tokens.pollFirst();
		}
		return (token != null) ? text(token) : null;
	}

	private void putFirst(List<String> contents) {
		for (int i = contents.size() - 1; i >= 0; i--) {
			this.tokens.addFirst(new Token(contents.get(i), true));
		}
	}

	private boolean isArgumentFile(Token token) {
		return this.argumentFiles && !token.fromFile() && LauncherSyntax.isArgumentFile(token.text());
	}

	private String text(Token token) {
		// Outside of the file it would be taken for the name of one
		return (this.argumentFiles && token.fromFile()) ? LauncherSyntax.escaped(token.text()) : token.text();
	}

	private List<String> rest() {
		return this.tokens.stream().map(Token::text).toList();
	}

	/**
	 * A token of the command line.
	 *
	 * @param text the token
	 * @param fromFile whether it stands in an argument file
	 */
	private record Token(String text, boolean fromFile) {

	}

}
