package io.github.prefork.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How much memory a process has in use, in {@code /proc/<pid>/status}.
 */
public final class ResidentMemory {

	private static final Path PROC = Path.of("/proc");

	private static final String KEY = "\nVmRSS:";

	private static final long KIB = 1024;

	private ResidentMemory() {
	}

	/**
	 * Read it.
	 * @param pid the process id
	 * @return the number of bytes, {@code null} if it is not known
	 */
	public static @Nullable Long read(long pid) {
		return read(PROC.resolve(Long.toString(pid)).resolve("status"));
	}

	static @Nullable Long read(Path file) {
		try {
			String text = Files.readString(file, StandardCharsets.ISO_8859_1);
			int key = text.indexOf(KEY);
			int end = text.indexOf(" kB", key);
			// A process that has ended and was not taken note of has no memory
			return (key >= 0) ? Long.parseLong(text.substring(key + KEY.length(), end).trim()) * KIB : null;
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

}
