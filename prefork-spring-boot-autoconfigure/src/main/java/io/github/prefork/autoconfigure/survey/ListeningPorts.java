package io.github.prefork.autoconfigure.survey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP ports on which this process listens, as Linux tells them.
 */
final class ListeningPorts {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

	private static final int ADDRESS = 1;

	private static final int STATE = 3;

	private static final int INODE = 9;

	private static final String LISTENING = "0A";

	private ListeningPorts() {
	}

	/**
	 * Return the ports.
	 * @return the ports in order; none where they can't be told
	 */
	static Set<Integer> ofThisProcess() {
		Set<Integer> ports = new TreeSet<>();
		try {
			Set<String> sockets = sockets();
			for (Path table : TABLES) {
				if (Files.isReadable(table)) {
					add(ports, table, sockets);
				}
			}
		}
		catch (IOException ex) {
			return Set.of();
		}
		return ports;
	}

	private static Set<String> sockets() throws IOException {
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.map(ListeningPorts::target)
				.filter((target) -> target.startsWith("socket:["))
				.map((target) -> target.substring("socket:[".length(), target.length() - 1))
				.collect(Collectors.toSet());
		}
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			// It was closed meanwhile
			return "";
		}
	}

	private static void add(Set<Integer> ports, Path table, Set<String> sockets) throws IOException {
		for (String line : Files.readAllLines(table)) {
			String[] columns = line.trim().split("\\s+");
			if (columns.length > INODE && columns[STATE].equals(LISTENING) && sockets.contains(columns[INODE])) {
				ports.add(Integer.parseInt(columns[ADDRESS].substring(columns[ADDRESS].lastIndexOf(':') + 1), 16));
			}
		}
	}

}
