package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import io.github.prefork.ChildCommand;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way in which children are started.
 *
 * @param plain the plain command of a child
 * @param target what is run: {@code -jar} and a path, {@code -m} and a module, or a main
 * class
 * @param classPath the class path where one was named, {@code null} if none was
 * @param options the options that a child reads, wherever they stand; long ones in one
 * token, others without separate values
 * @param masterOptions the options of the master's command line
 */
public record ChildStart(ChildCommand plain, List<String> target, @Nullable String classPath, List<String> options,
		List<String> masterOptions) {

	private static final List<String> CLASS_PATH = List.of("-cp", "-classpath", "--class-path");

	public ChildStart {
		target = List.copyOf(target);
		options = List.copyOf(options);
		masterOptions = List.copyOf(masterOptions);
	}

	/**
	 * Look at how children are started.
	 * @param commands makes their commands
	 * @return what is known of the plain way
	 */
	public static ChildStart of(ChildCommandFactory commands) {
		ChildCommand plain = commands.plain();
		CommandSource source = commands.source();
		LaunchCommand master = source.master();
		return new ChildStart(plain, master.target(), classPath(master.options(), plain.environment()),
				ReadOptions.of(plain.command(), plain.environment(), source.files()),
				JvmOption.tokens(master.options()));
	}

	private static @Nullable String classPath(List<JvmOption> options, Map<String, String> environment) {
		String found = environment.get("CLASSPATH");
		for (JvmOption option : options) {
			List<String> tokens = option.tokens();
			if (tokens.size() == 2 && CLASS_PATH.contains(tokens.get(0))) {
				found = tokens.get(1);
			}
			else if (option.startsWith("--class-path=")) {
				found = option.text().substring(option.text().indexOf('=') + 1);
			}
		}
		return found;
	}

	/**
	 * Return the {@code java} program.
	 * @return its path
	 */
	public String java() {
		return this.plain.command().get(0);
	}

}
