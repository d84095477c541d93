package io.github.prefork.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the listeners connection, with real listening sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class ListenerPassingTests {

	@TempDir
	private Path parent;

	private final List<FileDescriptor> opened = new ArrayList<>();

	@BeforeAll
	static void epoll() {
		assumeThat(Epoll.isAvailable()).isTrue();
	}

	@AfterEach
	void closeSockets() throws IOException {
		for (FileDescriptor descriptor : this.opened) {
			descriptor.close();
		}
	}

	@Test
	void passArrivesInIndexOrderAndLeavesTheMastersOpen() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			List<Socket> listeners = List.of(listener(), listener(), listener());
			ChildChannel child = fixture.child(1);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			child.attachListeners();
			fixture.master.pass(1, listeners);
			List<Integer> ports = List.of(port(next(probe)), port(next(probe)), port(next(probe)));
			assertThat(ports).isEqualTo(listeners.stream().map(ListenerPassingTests::port).toList());
			assertThat(probe.threads()).containsOnly(Transport.THREAD);
			Socket more = listener();
			fixture.master.pass(1, List.of(more));
			assertThat(port(next(probe))).isEqualTo(port(more));
		}
	}

	@Test
	void passWhenThereAreManyArrivesWhole() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			child.attachListeners();
			List<Socket> pair = List.of(listener(), listener());
			for (int i = 0; i < 150; i++) {
				fixture.master.pass(1, pair);
			}
			for (int i = 0; i < 300; i++) {
				assertThat(port(next(probe))).isEqualTo(port(pair.get(i % 2)));
			}
		}
	}

	@Test
	void passWhenNobodyIsAttachedIsKept() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			List<Socket> listeners = List.of(listener(), listener());
			String token = fixture.master.expect(1, 0, 0);
			fixture.master.pass(1, listeners.subList(0, 1));
			ChildChannel child = fixture.claim(token);
			fixture.master.pass(1, listeners.subList(1, 2));
			child.attachListeners();
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			assertThat(port(next(probe))).isEqualTo(port(listeners.get(0)));
			assertThat(port(next(probe))).isEqualTo(port(listeners.get(1)));
		}
	}

	@Test
	void passWhenMasterClosesItsOwnLeavesTheChildsOpen() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			Socket listener = listener();
			int port = port(listener);
			ChildProbe probe = new ChildProbe();
			ChildChannel child = fixture.child(1);
			child.listen(probe);
			child.attachListeners();
			fixture.master.pass(1, List.of(listener));
			Socket passed = next(probe);
			listener.close();
			connect(port);
			passed.close();
			assertThatIOException().isThrownBy(() -> connect(port));
		}
	}

	@Test
	void closeWhenNobodyListenedClosesPassedListeners() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			Socket listener = listener();
			int port = port(listener);
			ChildChannel child = fixture.child(1);
			child.attachListeners();
			fixture.master.pass(1, List.of(listener));
			Inbox inbox = ((NettyChildChannel) child).inbox();
			Awaitility.await().until(() -> child.executor().submit(inbox::size).get() == 1);
			listener.close();
			connect(port);
			child.close();
			assertThatIOException().isThrownBy(() -> connect(port));
		}
	}

	@Test
	void passWhenChildDoesNotReadWaitsForIt() throws Exception {
		int more = 1000;
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel stopped = attached(fixture);
			fixture.master.pass(1, Collections.nCopies(more, listener()));
			ChildChannel other = fixture.child(2);
			ChildProbe probe = new ChildProbe();
			other.listen(probe);
			fixture.master.send(2, new ToChild.Drain());
			assertThat(probe.next()).isEqualTo(new ToChild.Drain());
			ByteBuffer bytes = ByteBuffer.allocate(more);
			while (bytes.hasRemaining()) {
				assertThat(stopped.read(bytes)).isPositive();
			}
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@Test
	void passWhenListenerIsClosedEndsTheListenersConnection(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel child = attached(fixture);
			Socket closed = listener();
			closed.close();
			fixture.master.pass(1, List.of(closed));
			assertThat(ChannelFixture.readToEnd(child)).isZero();
			assertThat(output).contains("the child in slot 1 (pid 815): a listener cannot be passed, it is closed");
		}
	}

	@Test
	void attachWhenKeyIsUsedOrUnknownIsClosed(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			child.attachListeners();
			fixture.master.pass(1, List.of(listener()));
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			next(probe);
			for (String key : List.of(child.welcome().listenersKey(), "00")) {
				SocketChannel stranger = fixture.stranger();
				ChannelFixture.write(stranger, new ToMaster.AttachListeners(key));
				assertThat(ChannelFixture.readToEnd(stranger)).isZero();
			}
			assertThat(output).contains("its key for the listeners is not valid");
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(child::attachListeners);
		}
	}

	@Test
	void attachWhenMessageFollowsIsClosed() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel child = attached(fixture);
			ChannelFixture.write(child, new ToMaster.Leaving());
			assertThat(ChannelFixture.readToEnd(child)).isZero();
		}
	}

	@Test
	void listenersConnectionEndsWithTheControlConnection() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel listeners = attached(fixture);
			fixture.master.forget(1);
			assertThat(ChannelFixture.readToEnd(listeners)).isZero();
		}
	}

	/**
	 * Attach a plain socket, which reads only if told, as the listeners connection.
	 * @param fixture the fixture
	 * @return the socket
	 * @throws Exception if it cannot be attached
	 */
	private static SocketChannel attached(ChannelFixture fixture) throws Exception {
		SocketChannel control = fixture.stranger();
		ChannelFixture.write(control, new ToMaster.Hello(ToMaster.Hello.PROTOCOL, fixture.master.expect(1, 1, 0), 815));
		fixture.probe.next();
		SocketChannel listeners = fixture.stranger();
		ByteBuffer answer = ByteBuffer.allocate(1024);
		control.read(answer);
		ByteBuf frame = Unpooled.wrappedBuffer(answer.flip()).skipBytes(Integer.BYTES);
		ToChild.Welcome welcome = (ToChild.Welcome) MessageCodec.readToChild(frame);
		ChannelFixture.write(listeners, new ToMaster.AttachListeners(welcome.listenersKey()));
		return listeners;
	}

	private Socket listener() throws IOException {
		Socket socket = Socket.newSocketStream();
		this.opened.add(socket);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		socket.listen(16);
		return socket;
	}

	private Socket next(ChildProbe probe) throws InterruptedException {
		Socket socket = new Socket(((FileDescriptor) probe.next()).intValue());
		this.opened.add(socket);
		return socket;
	}

	private static int port(Socket socket) {
		return socket.localAddress().getPort();
	}

	private static void connect(int port) throws IOException {
		try (SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
			assertThat(client.isConnected()).isTrue();
		}
	}

}
