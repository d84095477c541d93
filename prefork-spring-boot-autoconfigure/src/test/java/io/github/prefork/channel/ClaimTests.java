package io.github.prefork.channel;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the first message of a connection.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class ClaimTests {

	@TempDir
	private Path parent;

	@ParameterizedTest
	@EnumSource(Transport.class)
	void claimWhenExpectedIsWelcome(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel child = fixture.claim(fixture.master.expect(7, 3, 2));
			ToChild.Welcome welcome = child.welcome();
			assertThat(welcome.slot()).isEqualTo(3);
			assertThat(welcome.generation()).isEqualTo(2);
			assertThat(welcome.heartbeatMillis()).isEqualTo(100);
			assertThat(welcome.drainMillis()).isEqualTo(25_000);
			assertThat(welcome.listenersKey()).matches("[0-9a-f]{32}");
			assertThat(fixture.probe.next()).isEqualTo("claimed 7 4711 prefork-channel");
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void claimWhenTokenIsUsedIsRefused(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			String token = fixture.master.expect(1, 0, 0);
			ChildChannel child = fixture.claim(token);
			fixture.probe.next();
			assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(() -> fixture.claim(token))
				.withMessageContaining("already used by the process with pid 4711");
			child.send(new ToMaster.Heartbeat(1));
			assertThat(fixture.probe.next()).contains("Heartbeat");
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@Test
	void claimWhenTokenWasUsedByChildThatIsGoneIsRefused() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			String token = fixture.master.expect(1, 0, 0);
			fixture.claim(token).close();
			fixture.probe.next();
			assertThat(fixture.probe.next()).isEqualTo("closed 1");
			assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(() -> fixture.claim(token))
				.withMessageContaining("already used");
		}
	}

	@Test
	void claimWhenTokenIsUnknownIsRefused(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			fixture.master.expect(1, 0, 0);
			assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(() -> fixture.claim("0000"))
				.withMessageContaining("does not expect");
			assertThat(output).contains("Refused the process with pid 4711");
		}
	}

	@Test
	void claimWhenLaunchIsForgottenIsRefused() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			String token = fixture.master.expect(1, 0, 0);
			fixture.master.forget(1);
			assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(() -> fixture.claim(token));
		}
	}

	@Test
	void claimWhenProtocolDiffersIsRefusedAndTokenStaysValid() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			String token = fixture.master.expect(1, 0, 0);
			assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(() -> fixture.claim(99, token))
				.withMessageContaining("version 99");
			assertThat(fixture.probe.next()).startsWith("refused 1 the child speaks version 99 of the channel protocol")
				.endsWith("so restart the master");
			assertThat(fixture.claim(token).welcome().slot()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void claimWhenChildIsOfAnotherReleaseIsRefusedWithTheReason(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT);
				SocketChannel child = fixture.stranger()) {
			ByteBuf hello = Unpooled.buffer().writeInt(9).writeByte(1).writeInt(99).writeInt(-1);
			child.write(hello.nioBuffer());
			ByteBuffer answer = ByteBuffer.allocate(1024);
			assertThat(child.read(answer)).isPositive();
			ByteBuf refusal = Unpooled.wrappedBuffer(answer.flip()).skipBytes(Integer.BYTES);
			assertThat(MessageCodec.readToChild(refusal)).isInstanceOfSatisfying(ToChild.Refused.class,
					(refused) -> assertThat(refused.reason()).contains("version 99", "same version of prefork"));
			assertThat(ChannelFixture.readToEnd(child)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void claimWhenPathIsTooLongForASocketIsRefused(Transport transport) {
		ChannelAddress address = new ChannelAddress(1, 0, "00", "/tmp/" + "d".repeat(200) + "/s");
		assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(
				() -> ChildChannels.claim(address, new ToMaster.Hello(1, "00", 1), Duration.ofSeconds(5), transport))
			.withMessageContaining("there is no master at");
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void claimWhenThereIsNoSocketIsRefused(Transport transport) {
		ChannelAddress address = new ChannelAddress(1, 0, "00", this.parent.resolve("none").toString());
		assertThatExceptionOfType(ClaimRefusedException.class).isThrownBy(
				() -> ChildChannels.claim(address, new ToMaster.Hello(1, "00", 1), Duration.ofSeconds(5), transport))
			.withMessageContaining("there is no master at");
	}

	@Test
	void claimWhenMasterDoesNotAnswerIsRefusedAtTheDeadline() throws Exception {
		Path path = this.parent.resolve("s");
		try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			silent.bind(UnixDomainSocketAddress.of(path));
			ChannelAddress address = new ChannelAddress(1, 0, "00", path.toString());
			assertThatExceptionOfType(ClaimRefusedException.class)
				.isThrownBy(() -> ChildChannels.claim(address, new ToMaster.Hello(1, "00", 1), Duration.ofMillis(50)))
				.withMessageContaining("did not answer within 50 ms");
		}
		Awaitility.await().until(ChannelFixture::threads, List::isEmpty);
	}

	@Test
	void connectionWhenItSendsGarbageIsClosedAndOthersStay(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			SocketChannel stranger = fixture.stranger();
			stranger.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes()));
			assertThat(ChannelFixture.readToEnd(stranger)).isZero();
			child.send(new ToMaster.Heartbeat(1));
			assertThat(fixture.probe.next()).contains("Heartbeat");
			assertThat(output.toString().split("Closing the channel connection")).hasSize(2);
			assertThat(output).contains("a process that has not claimed a place: bad frame");
		}
	}

	@Test
	void connectionWhenItBelongsToAnotherUserIsClosed(CapturedOutput output) throws Exception {
		assumeThat(Epoll.isAvailable()).isTrue();
		Path path = this.parent.resolve("s");
		EventLoop eventLoop = Transport.EPOLL.newEventLoop();
		try (ChannelFixture fixture = new ChannelFixture(this.parent);
				SocketChannel stranger = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			int otherUser = new SocketDirectory(this.parent).owner() + 1;
			FirstMessageHandler handler = new FirstMessageHandler((NettyMasterChannel) fixture.master,
					ChannelFixture.TIMEOUT, otherUser);
			new ServerBootstrap().group(eventLoop)
				.channel(Transport.EPOLL.serverChannel())
				.childHandler(handler)
				.bind(Transport.EPOLL.address(path.toString()))
				.syncUninterruptibly();
			stranger.connect(UnixDomainSocketAddress.of(path));
			assertThat(ChannelFixture.readToEnd(stranger)).isZero();
			assertThat(output).contains("it belongs to user");
		}
		finally {
			Transport.stop(eventLoop);
		}
	}

	@Test
	void connectionWhenItBeginsWithAnotherMessageIsClosed(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel stranger = fixture.stranger();
			ChannelFixture.write(stranger, new ToMaster.ServerStarting("", 0, false));
			assertThat(ChannelFixture.readToEnd(stranger)).isZero();
			assertThat(output).contains("it begins with ServerStarting");
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@Test
	void connectionWhenItSaysNothingIsClosedAtTheDeadline() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, Transport.best(), Duration.ofMillis(50))) {
			assertThat(ChannelFixture.readToEnd(fixture.stranger())).isZero();
		}
	}

	@Test
	void connectionWhenClaimedOutlivesTheDeadline() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, Transport.best(), Duration.ofMillis(50))) {
			ChildChannel child = fixture.child(1);
			assertThat(ChannelFixture.readToEnd(fixture.stranger())).isZero();
			child.send(new ToMaster.Heartbeat(1));
			assertThat(fixture.probe.next()).contains("Heartbeat");
		}
	}

	@Test
	void expectWhenLaunchIsAlreadyExpectedFails() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			fixture.master.expect(1, 0, 0);
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> fixture.master.expect(1, 0, 0));
		}
	}

	@Test
	void closeLeavesNothingAndMayBeRepeated() throws Exception {
		ChannelFixture fixture = new ChannelFixture(this.parent);
		fixture.child(1);
		assertThat(Files.exists(fixture.master.path())).isTrue();
		fixture.close();
		fixture.master.close();
		assertThat(this.parent).isEmptyDirectory();
		Awaitility.await().until(ChannelFixture::threads, List::isEmpty);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> fixture.master.expect(2, 0, 0));
		fixture.master.send(1, new ToChild.Drain());
		fixture.master.forget(1);
	}

}
