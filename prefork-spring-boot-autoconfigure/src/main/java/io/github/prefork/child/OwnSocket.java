package io.github.prefork.child;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Supplier;

import io.github.prefork.channel.AddressFamily;
import io.github.prefork.channel.ToChild;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;

import org.springframework.util.Assert;

/**
 * The socket that a child binds for itself, beside those of its siblings.
 *
 * @param bind what the master says
 */
record OwnSocket(ToChild.Bind bind) {

	private static final ChannelOption<Integer> IPV6_V6ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

	InetSocketAddress address() {
		try {
			if (!this.bind.address().isEmpty()) {
				return new InetSocketAddress(InetAddress.getByName(this.bind.address()), this.bind.port());
			}
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Not an address: " + this.bind.address(), ex);
		}
		return (this.bind.family() == AddressFamily.ANY) ? new InetSocketAddress(this.bind.port())
				: new InetSocketAddress(this.bind.family().wildcard(), this.bind.port());
	}

	/**
	 * Make the channel, with what has to be set before it is bound.
	 * @param type the channel's class
	 * @param ordinary makes an ordinary one of this class
	 * @return the channel, neither registered nor bound
	 */
	ServerSocketChannel open(Class<?> type, Supplier<? extends ServerSocketChannel> ordinary) {
		ServerSocketChannel channel = (this.bind.family() == AddressFamily.IPV4) ? ipv4(type, ordinary)
				: ordinary.get();
		boolean unix = channel instanceof UnixChannel;
		if (this.bind.family() == AddressFamily.IPV6) {
			Assert.state(unix, "'prefork.network=tcp6' needs Netty's native transport for the web server");
			channel.config().setOption(IPV6_V6ONLY, 1);
		}
		channel.config().setOption(reusePort(unix), true);
		channel.config().setBacklog(this.bind.backlog());
		return channel;
	}

	private static ServerSocketChannel ipv4(Class<?> type, Supplier<? extends ServerSocketChannel> ordinary) {
		if (type.equals(EpollServerSocketChannel.class)) {
			return new EpollServerSocketChannel(SocketProtocolFamily.INET);
		}
		if (type.equals(NioServerSocketChannel.class)) {
			return new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET);
		}
		return ordinary.get();
	}

	private static ChannelOption<Boolean> reusePort(boolean unix) {
		return unix ? UnixChannelOption.SO_REUSEPORT : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
	}

}
