package io.github.prefork.channel;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A master on a real socket, and children in the same process.
 */
class ChannelFixture implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(10);

	final MasterProbe probe = new MasterProbe();

	final MasterChannel master;

	private final Transport transport;

	private final Deque<Closeable> opened = new ArrayDeque<>();

	ChannelFixture(Path parent) {
		this(parent, Transport.best(), TIMEOUT);
	}

	ChannelFixture(Path parent, Transport transport, Duration firstMessageTimeout) {
		this.transport = transport;
		this.master = NettyMasterChannel.open(new MasterOptions(Duration.ofMillis(100), Duration.ofSeconds(25),
				firstMessageTimeout, transport, List.of(parent)), this.probe);
	}

	ChildChannel claim(String token) throws ClaimRefusedException {
		return claim(ToMaster.Hello.PROTOCOL, token);
	}

	ChildChannel claim(int protocol, String token) throws ClaimRefusedException {
		ChannelAddress address = new ChannelAddress(1, 0, token, this.master.path().toString());
		ChildChannel child = ChildChannels.claim(address, new ToMaster.Hello(protocol, token, 4711), TIMEOUT,
				this.transport);
		this.opened.push(child::close);
		return child;
	}

	ChildChannel child(long launch) throws Exception {
		ChildChannel child = claim(this.master.expect(launch, (int) launch, 0));
		this.probe.next();
		return child;
	}

	/**
	 * Connect with a plain socket, which can send what it likes and reads only if told.
	 * @return the socket
	 * @throws IOException if it cannot connect
	 */
	SocketChannel stranger() throws IOException {
		SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
		this.opened.push(socket);
		socket.connect(UnixDomainSocketAddress.of(this.master.path()));
		return socket;
	}

	static void write(SocketChannel socket, Message message) throws IOException {
		socket.write(MessageCodecTests.frame(message).nioBuffer());
	}

	/**
	 * Read until the end of the stream.
	 * @param socket the socket
	 * @return the number of bytes that were read before the end
	 */
	static int readToEnd(SocketChannel socket) {
		ByteBuffer buffer = ByteBuffer.allocate(1024 * 1024);
		int total = 0;
		try {
			for (int read = 0; read >= 0; read = socket.read(buffer.clear())) {
				total += read;
			}
		}
		catch (IOException ex) {
			// A reset is an end too
		}
		return total;
	}

	static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(Transport.THREAD))
			.toList();
	}

	@Override
	public void close() throws IOException {
		while (!this.opened.isEmpty()) {
			this.opened.pop().close();
		}
		this.master.close();
	}

}
