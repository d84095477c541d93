package io.github.prefork.channel;

import java.time.Duration;

/**
 * Opens the master's end of the channel.
 */
public final class MasterChannels {

	private MasterChannels() {
	}

	/**
	 * Listen on a socket in a new private directory. A channel that is not closed keeps
	 * its thread and its directory.
	 * @param heartbeatInterval the interval of heartbeats that children are told
	 * @param drainTimeout how long requests in flight may take in a draining child
	 * @param listener who is told
	 * @return the channel
	 * @throws java.io.UncheckedIOException if no directory can be made for the socket
	 * @throws IllegalStateException if the socket cannot be opened
	 */
	public static MasterChannel open(Duration heartbeatInterval, Duration drainTimeout,
			MasterChannel.Listener listener) {
		return NettyMasterChannel.open(MasterOptions.of(heartbeatInterval, drainTimeout), listener);
	}

}
