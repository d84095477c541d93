package io.github.prefork.master;

import java.util.Map;

/**
 * What a child knows of itself when it asks for listeners.
 *
 * @param address the local address that its application says, empty for any
 * @param port the port that it says
 * @param ownLauncher whether it has a {@link io.github.prefork.ChildLauncher}
 * @param digests the {@code prefork.*} properties that are set by name, each with a
 * digest of its value
 */
public record WantedServer(String address, int port, boolean ownLauncher, Map<String, Long> digests) {

	public WantedServer {
		digests = Map.copyOf(digests);
	}

}
