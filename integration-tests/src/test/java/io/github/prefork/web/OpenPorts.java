package io.github.prefork.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.prefork.fleet.Descriptors;

/**
 * The ports on which a process listens, as {@code /proc} shows them.
 */
final class OpenPorts {

	private static final String LISTEN = "0A";

	private OpenPorts() {
	}

	static Set<Integer> of(long pid) throws IOException {
		Path process = Path.of("/proc", String.valueOf(pid));
		Set<String> sockets = Descriptors.sockets(pid);
		Set<Integer> ports = new TreeSet<>();
		for (String table : List.of("tcp", "tcp6")) {
			for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
				String[] fields = line.strip().split("\\s+");
				if (fields.length > 9 && fields[3].equals(LISTEN) && sockets.contains(fields[9])) {
					ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
				}
			}
		}
		return ports;
	}

}
