package io.github.prefork.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A process as {@code /proc} shows it.
 *
 * @param pid its process id
 * @param parent the process id of its parent
 * @param state its state as one letter: R, S, D, T, Z, ...
 * @param java whether it runs a Java launcher
 */
record OsProcess(long pid, long parent, char state, boolean java) {

	private static final Path PROC = Path.of("/proc");

	/**
	 * Find the live processes that were started with a variable in their environment, as
	 * every descendant is unless the variable was taken from it. Unlike a walk from
	 * parent to child this finds orphans too.
	 * @param variable the variable as {@code name=value}
	 * @return the processes; those that have ended and wait to be reaped are left out
	 */
	static List<OsProcess> withEnvironment(String variable) {
		List<OsProcess> found = new ArrayList<>();
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path directory : directories) {
				OsProcess process = (hasVariable(directory, variable)) ? read(directory) : null;
				if (process != null && process.state != 'Z' && process.state != 'X') {
					found.add(process);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	static boolean available() {
		return Files.isReadable(PROC.resolve("self/environ"));
	}

	private static boolean hasVariable(Path directory, String variable) {
		String environment = content(directory.resolve("environ"));
		return (environment != null) && ("\0" + environment).contains("\0" + variable + "\0");
	}

	private static @Nullable OsProcess read(Path directory) {
		String stat = content(directory.resolve("stat"));
		if (stat == null) {
			return null;
		}
		// pid (name, which may hold anything) state parent ...
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		long pid = Long.parseLong(directory.getFileName().toString());
		return new OsProcess(pid, Long.parseLong(fields[1]), fields[0].charAt(0), isJava(directory));
	}

	private static boolean isJava(Path directory) {
		try {
			return Files.readSymbolicLink(directory.resolve("exe")).endsWith("java");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static @Nullable String content(Path file) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			// Gone meanwhile, or of another user
			return null;
		}
	}

}
