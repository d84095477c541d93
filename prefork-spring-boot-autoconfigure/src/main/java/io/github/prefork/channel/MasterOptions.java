package io.github.prefork.channel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a master's channel behaves.
 *
 * @param heartbeatInterval the interval of the children's heartbeats
 * @param drainTimeout how long requests in flight may take in a draining child
 * @param firstMessageTimeout how long a connection may stay without a first message
 * @param transport where the sockets come from
 * @param parents where the socket's directory may be made, the best first
 */
record MasterOptions(Duration heartbeatInterval, Duration drainTimeout, Duration firstMessageTimeout,
		Transport transport, List<Path> parents) {

	private static final Duration FIRST_MESSAGE_TIMEOUT = Duration.ofSeconds(10);

	static MasterOptions of(Duration heartbeatInterval, Duration drainTimeout) {
		return new MasterOptions(heartbeatInterval, drainTimeout, FIRST_MESSAGE_TIMEOUT, Transport.best(),
				SocketDirectory.parents());
	}

}
