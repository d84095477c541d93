package io.github.prefork.master.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.prefork.ChildCommand;

/**
 * What the options of a child say about its end.
 */
public final class ChildJvm {

	private static final String ERROR_FILE = "-XX:ErrorFile=";

	/** HotSpot's, whatever {@code java.io.tmpdir} says. */
	private static final Path TEMPORARY_DIRECTORY = Path.of("/tmp");

	private final List<String> options;

	private ChildJvm(List<String> options) {
		this.options = options;
	}

	/**
	 * Read the options of a child.
	 * @param command how it was launched
	 * @return what they say
	 */
	public static ChildJvm of(ChildCommand command) {
		return of(command, OptionFiles.SYSTEM);
	}

	static ChildJvm of(ChildCommand command, OptionFiles files) {
		return new ChildJvm(ReadOptions.of(command.command(), command.environment(), files));
	}

	/**
	 * Return whether the JVM ends, with status 3, when memory runs out.
	 * @return whether {@code -XX:+ExitOnOutOfMemoryError} is in force
	 */
	public boolean exitsWhenOutOfMemory() {
		return OutOfMemoryOption.exits(this.options);
	}

	/**
	 * Return the files that the JVM may write when it crashes.
	 * @param pid its process id
	 * @return the files in the order in which it tries them; relative ones are in its
	 * working directory
	 */
	public List<Path> crashReports(long pid) {
		List<Path> files = new ArrayList<>();
		this.options.stream()
			.filter((option) -> option.startsWith(ERROR_FILE))
			.reduce((first, second) -> second)
			.map((option) -> expand(option.substring(ERROR_FILE.length()), pid))
			.ifPresent((name) -> files.add(Path.of(name)));
		Path usual = Path.of("hs_err_pid" + pid + ".log");
		files.add(usual);
		files.add(TEMPORARY_DIRECTORY.resolve(usual));
		return files;
	}

	private static String expand(String name, long pid) {
		StringBuilder expanded = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			char next = (name.charAt(i) == '%' && i + 1 < name.length()) ? name.charAt(i + 1) : 0;
			switch (next) {
				case 'p' -> expanded.append(pid);
				case '%' -> expanded.append('%');
				default -> expanded.append(name.charAt(i));
			}
			i += (next == 'p' || next == '%') ? 1 : 0;
		}
		return expanded.toString();
	}

}
