package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.prefork.PreforkException;

/**
 * A command line put together from what the JVM reports.
 */
final class ReportedCommandLine {

	/** Made by the launcher, not given to it. */
	private static final List<String> LAUNCHER_PROPERTIES = List.of("-Djdk.module.main", "-Djava.class.path=",
			"-Dsun.java.command=", "-Dsun.java.launcher");

	private static final String ACTION = """
			Start the application with the 'java' program: with -jar, -m or a main class. \
			If another program has to hold the JVM, set 'prefork.enabled=false': it runs as one process then.""";

	private final JvmFacts facts;

	private final OptionFiles files;

	private final String javaCommand;

	private final Consumer<String> warnings;

	ReportedCommandLine(JvmFacts facts, OptionFiles files, Consumer<String> warnings) {
		if (facts.javaCommand() == null || facts.javaCommand().isBlank()) {
			throw new PreforkException("The command line of this JVM can't be found out, so no child can be launched",
					ACTION, null);
		}
		this.facts = facts;
		this.files = files;
		this.warnings = warnings;
		this.javaCommand = facts.javaCommand();
	}

	LaunchCommand read() {
		String main = main();
		List<String> target = (isJar()) ? List.of(LauncherSyntax.JAR, main)
				: (this.facts.mainModule() != null) ? List.of("-m", main) : List.of(main);
		return new LaunchCommand(this.facts.executable(), options(), target,
				arguments(this.javaCommand.substring(main.length())));
	}

	private boolean isJar() {
		String classPath = this.facts.classPath();
		return this.facts.classPathIsFile()
				&& (this.javaCommand.equals(classPath) || this.javaCommand.startsWith(classPath + " "));
	}

	private String main() {
		if (isJar()) {
			return this.facts.classPath();
		}
		int blank = this.javaCommand.indexOf(' ');
		return (blank >= 0) ? this.javaCommand.substring(0, blank) : this.javaCommand;
	}

	private List<JvmOption> options() {
		List<JvmOption> options = new ArrayList<>();
		Map<String, String> environment = JvmEnvironmentOptions.expandArgumentFiles(this.facts.environment(),
				this.files);
		JvmEnvironmentOptions.removeFrom(withoutFlags(), environment, this.files)
			.stream()
			.filter(LauncherSyntax::isOption)
			.filter((option) -> LAUNCHER_PROPERTIES.stream().noneMatch(option::startsWith))
			.forEach((option) -> options.add(JvmOption.of(option)));
		if (!isJar() && !this.facts.classPath().isEmpty()) {
			options.add(JvmOption.of("-cp", this.facts.classPath()));
		}
		return options;
	}

	private List<String> withoutFlags() {
		// What stands in a file of flags is reported first and without its prefix. One
		// that is switched off looks like an option then.
		List<String> reported = this.facts.inputArguments();
		List<String> flags = FlagsFile.read(reported, this.files);
		boolean first = flags.size() <= reported.size() && flags.equals(reported.subList(0, flags.size()));
		return (first) ? reported.subList(flags.size(), reported.size()) : reported;
	}

	private List<String> arguments(String joined) {
		// The arguments are reported joined by blanks. They usually end the real command
		// line, an argument file or not; there it can be seen where each begins.
		List<String> tokens = this.facts.commandLine();
		String candidate = "";
		for (int i = tokens.size(); i >= 0 && candidate.length() <= joined.length(); i--) {
			if (candidate.equals(joined)) {
				return tokens.subList(i, tokens.size());
			}
			candidate = (i > 0) ? " " + tokens.get(i - 1) + candidate : candidate;
		}
		List<String> split = List.of(joined.substring(1).split(" ", -1));
		if (split.size() > 1) {
			this.warnings.accept("The arguments of the application can't be told apart for certain, because they "
					+ "stood in a file that can't be read any more. Children get these: " + split);
		}
		return split;
	}

}
