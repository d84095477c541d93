package io.github.prefork.fleet;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The open descriptors of a process, as {@code /proc} shows them. A process that runs
 * closes some while they are read; those are left out.
 */
public final class Descriptors {

	private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

	private Descriptors() {
	}

	/**
	 * Find what a process has open.
	 * @param pid its process id
	 * @return what each descriptor leads to: a path, or a kind and a number
	 * @throws IOException if there is no such process
	 */
	public static Map<Integer, String> of(long pid) throws IOException {
		Map<Integer, String> found = new TreeMap<>();
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
			for (Path descriptor : descriptors) {
				String target = target(descriptor);
				if (target != null) {
					found.put(Integer.valueOf(descriptor.getFileName().toString()), target);
				}
			}
		}
		catch (DirectoryIteratorException ex) {
			// It has ended meanwhile
			throw ex.getCause();
		}
		return found;
	}

	/**
	 * Find the sockets that a process has open.
	 * @param pid its process id
	 * @return the numbers of their inodes, as the tables of sockets write them
	 * @throws IOException if there is no such process
	 */
	public static Set<String> sockets(long pid) throws IOException {
		return of(pid).values()
			.stream()
			.map(SOCKET::matcher)
			.filter(Matcher::matches)
			.map((socket) -> socket.group(1))
			.collect(Collectors.toSet());
	}

	private static @Nullable String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			// Closed meanwhile
			return null;
		}
	}

}
