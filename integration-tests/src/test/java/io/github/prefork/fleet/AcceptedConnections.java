package io.github.prefork.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;

/**
 * The connections that a process has accepted or opened, as {@code /proc} shows them.
 */
public final class AcceptedConnections {

	private static final List<String> TABLES = List.of("tcp", "tcp6");

	private AcceptedConnections() {
	}

	/**
	 * Find the connections that a process holds. Exact only while the process is stopped.
	 * @param pid its process id
	 * @param port the port of the server
	 * @return the ports of the clients
	 * @throws IOException on failure
	 */
	public static Set<Integer> of(long pid, int port) throws IOException {
		return ends(pid, port, 1, 2);
	}

	/**
	 * Find the connections that a process has opened to a server on this machine.
	 * @param pid its process id
	 * @param port the port of the server
	 * @return the ports on the side of the process
	 * @throws IOException on failure
	 */
	public static Set<Integer> openedBy(long pid, int port) throws IOException {
		return ends(pid, port, 2, 1);
	}

	private static Set<Integer> ends(long pid, int port, int server, int client) throws IOException {
		Set<String> sockets = Descriptors.sockets(pid);
		Set<Integer> clients = new HashSet<>();
		for (String table : TABLES) {
			for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "net", table))) {
				String[] fields = line.strip().split("\\s+");
				if (fields.length > 9 && sockets.contains(fields[9]) && port(fields[server]) == port
						&& port(fields[client]) != 0) {
					clients.add(port(fields[client]));
				}
			}
		}
		return clients;
	}

	/**
	 * Find the connections that a process holds to which SIGSTOP was sent. Waits until
	 * each of its threads has stopped: one that still runs may accept another one. Fails
	 * at once if the process has ended.
	 * @param pid its process id
	 * @param port the port of the server
	 * @return the ports of the clients
	 * @throws IOException on failure
	 */
	public static Set<Integer> ofStopped(long pid, int port) throws IOException {
		Awaitility.await("process " + pid + " stopped")
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(1))
			.until(() -> isStopped(pid));
		return of(pid, port);
	}

	private static boolean isStopped(long pid) {
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
			for (Path thread : threads) {
				String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
				if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
					return false;
				}
			}
			return true;
		}
		catch (IOException | DirectoryIteratorException ex) {
			if (!isLive(pid)) {
				throw new AssertionError("process " + pid + " has ended instead of being stopped", ex);
			}
			// A thread has ended meanwhile, so not all were stopped
			return false;
		}
	}

	private static boolean isLive(long pid) {
		return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
	}

	private static int port(String address) {
		String port = address.substring(address.indexOf(':') + 1);
		return port.matches("\\p{XDigit}+") ? Integer.parseInt(port, 16) : -1;
	}

}
