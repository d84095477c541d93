package io.github.prefork.master.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The file in which a JVM tells why it has crashed.
 *
 * @param file the file
 * @param outOfMemory whether it names a lack of memory as the cause
 */
record CrashReport(Path file, boolean outOfMemory) {

	private static final int HEAD = 20;

	/**
	 * With {@code -XX:+CrashOnOutOfMemoryError}, and where the JVM itself needed memory.
	 */
	private static final List<String> CAUSES = List.of("OutOfMemory encountered",
			"There is insufficient memory for the Java Runtime Environment");

	/**
	 * Find the report of a JVM.
	 * @param candidates the files that it may have written
	 * @param launched when it was launched; an older file is that of another process
	 * @return the report, {@code null} if there is none
	 */
	static @Nullable CrashReport find(List<Path> candidates, Instant launched) {
		for (Path candidate : candidates) {
			Path file = candidate.toAbsolutePath().normalize();
			if (isWrittenSince(launched, file)) {
				return new CrashReport(file, isOutOfMemory(file));
			}
		}
		return null;
	}

	private static boolean isWrittenSince(Instant launched, Path file) {
		try {
			// Time stamps of files are coarser than the clock
			return Files.isRegularFile(file)
					&& !Files.getLastModifiedTime(file).toInstant().isBefore(launched.minusSeconds(1));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isOutOfMemory(Path file) {
		// There may be anything in the memory that it shows
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
			return reader.lines().limit(HEAD).anyMatch((line) -> CAUSES.stream().anyMatch(line::contains));
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

}
