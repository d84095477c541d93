package io.github.prefork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for the master's end of the channel with peers that do what no child does.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class ChannelAbuseTests {

	private static final int FIRST_TYPE_OF_MASTER = 32;

	@TempDir
	private Path parent;

	@ParameterizedTest
	@EnumSource(Transport.class)
	void connectionWhenFramesHoldAnythingIsClosedAndOthersStay(Transport transport) throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel child = fixture.child(1);
			for (int count = 0; count < 300; count++) {
				try (SocketChannel stranger = fixture.stranger()) {
					stranger.write(anything(random));
					ChannelFixture.readToEnd(stranger);
				}
			}
			child.send(new ToMaster.Leaving());
			assertThat(fixture.probe.next()).as("seed %d", seed).isEqualTo("received 1 " + new ToMaster.Leaving());
			assertThat(fixture.probe.rest()).as("seed %d", seed).isEmpty();
		}
	}

	private static ByteBuffer anything(Random random) {
		byte[] body = new byte[1 + random.nextInt(20)];
		random.nextBytes(body);
		body[0] = (byte) random.nextInt(FIRST_TYPE_OF_MASTER);
		return Unpooled.buffer().writeInt(body.length).writeBytes(body).nioBuffer();
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void connectionWhenFrameIsOversizedIsClosedAndOthersStay(Transport transport, CapturedOutput output)
			throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel other = fixture.child(1);
			SocketChannel child = claimed(fixture, 2);
			child.write(Unpooled.buffer().writeInt(MessageCodec.MAX_FRAME + 1).nioBuffer());
			assertThat(fixture.probe.next()).isEqualTo("closed 2");
			assertThatIOException().isThrownBy(() -> writeForEver(child));
			assertThat(output).containsOnlyOnce("the child in slot 2 (pid 815): bad frame, Adjusted frame length");
			other.send(new ToMaster.Leaving());
			assertThat(fixture.probe.next()).contains("received 1");
		}
	}

	private static void writeForEver(SocketChannel socket) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
		while (socket.isOpen()) {
			socket.write(bytes.clear());
		}
	}

	@Test
	void connectionWhenGoodFramesFollowABadOneForgetsThem() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel child = claimed(fixture, 1);
			child.write(inOne(new ToChild.Drain(), new ToMaster.Leaving()));
			assertThat(fixture.probe.next()).isEqualTo("closed 1");
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@Test
	void connectionWhenRefusedHasNoSecondTry() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ToMaster.Hello wrong = hello("0000");
			ToMaster.Hello right = hello(fixture.master.expect(1, 1, 0));
			for (Message first : List.of(wrong, new ToChild.Drain(), new ToMaster.Leaving())) {
				SocketChannel stranger = fixture.stranger();
				stranger.write(inOne(first, right));
				ChannelFixture.readToEnd(stranger);
			}
			assertThat(fixture.claim(right.token()).welcome().slot()).isEqualTo(1);
			assertThat(fixture.probe.next()).isEqualTo("claimed 1 4711 prefork-channel");
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void connectionWhenItSendsByteByByteIsAChild(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel other = fixture.child(2);
			SocketChannel child = fixture.stranger();
			ByteBuffer bytes = inOne(hello(fixture.master.expect(1, 1, 0)), new ToMaster.Accepting(7),
					new ToMaster.Leaving());
			List<String> calls = new ArrayList<>();
			for (int at = 0; at < bytes.capacity(); at++) {
				child.write(bytes.slice(at, 1));
				// So that the master has read this byte before the next one
				other.send(new ToMaster.Heartbeat(at));
				awaitHeartbeat(fixture, at, calls);
			}
			other.send(new ToMaster.Heartbeat(-1));
			awaitHeartbeat(fixture, -1, calls);
			assertThat(calls).containsExactly("claimed 1 815 prefork-channel",
					"received 1 " + new ToMaster.Accepting(7), "received 1 " + new ToMaster.Leaving());
		}
	}

	private static void awaitHeartbeat(ChannelFixture fixture, long number, List<String> others) throws Exception {
		String expected = "received 2 " + new ToMaster.Heartbeat(number);
		for (String call = fixture.probe.next(); !call.equals(expected); call = fixture.probe.next()) {
			others.add(call);
		}
	}

	@Test
	void connectionWhenItsFirstMessageStaysIncompleteIsClosedAtTheDeadline() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, Transport.best(), Duration.ofMillis(200))) {
			SocketChannel stranger = fixture.stranger();
			ByteBuffer hello = inOne(hello(fixture.master.expect(1, 1, 0)));
			stranger.write(hello.slice(0, hello.capacity() - 1));
			assertThat(ChannelFixture.readToEnd(stranger)).isZero();
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void sendWhenChildLeavesLessThanTheLimitUnreadKeepsIt(Transport transport) throws Exception {
		Set<Integer> many = IntStream.range(0, 10_000).boxed().collect(Collectors.toSet());
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			SocketChannel stopped = claimed(fixture, 1);
			// 24 times 40 KB is less than 1 MiB, and more than the socket's buffer
			ByteBuf expected = Unpooled.buffer();
			for (int version = 0; version < 24; version++) {
				ToChild.Accept message = new ToChild.Accept(version, many);
				expected.writeBytes(MessageCodecTests.frame(message));
				fixture.master.send(1, message);
			}
			ByteBuffer read = ByteBuffer.allocate(expected.readableBytes());
			while (read.hasRemaining()) {
				assertThat(stopped.read(read)).isPositive();
			}
			assertThat(Unpooled.wrappedBuffer(read.flip())).isEqualTo(expected);
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@Test
	void callsWhenTheChannelIsHeldUpDoNotWait() throws Exception {
		CountDownLatch resume = new CountDownLatch(1);
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			fixture.probe.pauseAt(ToMaster.ServerStarting.class, resume);
			child.send(new ToMaster.ServerStarting("", 0, false));
			assertThat(fixture.probe.next()).contains("ServerStarting");
			long start = System.nanoTime();
			fixture.master.expect(2, 2, 0);
			fixture.master.send(1, new ToChild.Drain());
			fixture.master.pass(1, List.of());
			fixture.master.forget(2);
			// All of it while the thread that writes does nothing
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MasterProbe.DEADLINE.dividedBy(2));
			assertThat(probe.rest()).isEmpty();
			resume.countDown();
			assertThat(probe.next()).isEqualTo(new ToChild.Drain());
		}
		finally {
			resume.countDown();
		}
	}

	@Test
	void closeWhenChildNeverReadsEndsAtOnce() throws Exception {
		Set<Integer> many = IntStream.range(0, 10_000).boxed().collect(Collectors.toSet());
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			claimed(fixture, 1);
			for (int version = 0; version < 20; version++) {
				fixture.master.send(1, new ToChild.Accept(version, many));
			}
			long start = System.nanoTime();
			fixture.master.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			assertThat(this.parent).isEmptyDirectory();
		}
	}

	/**
	 * Claim a place with a plain socket, which reads only if told, and read the welcome.
	 * @param fixture the fixture
	 * @param launch the launch, and the slot
	 * @return the socket
	 * @throws Exception if it cannot claim
	 */
	private static SocketChannel claimed(ChannelFixture fixture, int launch) throws Exception {
		SocketChannel socket = fixture.stranger();
		ChannelFixture.write(socket, hello(fixture.master.expect(launch, launch, 0)));
		fixture.probe.next();
		assertThat(socket.read(ByteBuffer.allocate(1024))).isPositive();
		return socket;
	}

	private static ToMaster.Hello hello(String token) {
		return new ToMaster.Hello(ToMaster.Hello.PROTOCOL, token, 815);
	}

	private static ByteBuffer inOne(Message... messages) {
		ByteBuf bytes = Unpooled.buffer();
		for (Message message : messages) {
			bytes.writeBytes(MessageCodecTests.frame(message));
		}
		return bytes.copy().nioBuffer();
	}

}
