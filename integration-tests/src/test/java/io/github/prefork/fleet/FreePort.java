package io.github.prefork.fleet;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for those applications that have to be told theirs. They are below those that the
 * system gives to connections, so that nobody gets one before the application does.
 */
public final class FreePort {

	private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

	private static final int LOWEST = 10_000;

	private static final int FROM = 20_000;

	private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	/**
	 * Find a port that nobody listens on.
	 * @return the port, another one each time
	 * @throws IOException if there is none, or the range of the system cannot be read
	 */
	public static int next() throws IOException {
		int end = Integer.parseInt(Files.readString(RANGE).trim().split("\\s+")[0]);
		int begin = (end > FROM + 1000) ? FROM : LOWEST;
		for (int tries = 0; tries < 1000; tries++) {
			int port = ThreadLocalRandom.current().nextInt(begin, Math.max(end, begin + 1000));
			if (isFree(port) && GIVEN.add(port)) {
				return port;
			}
		}
		throw new IOException("no port is free from " + begin + " to " + end);
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
