package io.github.prefork.channel;

import java.time.Duration;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.DefaultChannelPipeline;

/**
 * Opens the master's end of the channel.
 */
public final class MasterChannels {

	/** What it takes a while to load. */
	private static final List<Class<?>> SLOW = List.of(ByteBufUtil.class, ServerBootstrap.class,
			DefaultChannelPipeline.class, NettyMasterChannel.class, FirstMessageHandler.class, MessageDecoder.class,
			MessageEncoder.class, MessageCodec.class, HeartbeatFile.class);

	private MasterChannels() {
	}

	/**
	 * Load what {@link #open} needs, Netty's native transport above all. Opens nothing.
	 */
	public static void load() {
		Transport transport = Transport.best();
		load(transport.serverChannel());
		transport.ioHandlerFactory();
		SLOW.forEach(MasterChannels::load);
	}

	private static void load(Class<?> type) {
		try {
			Class.forName(type.getName(), true, type.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new NoClassDefFoundError(type.getName());
		}
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
