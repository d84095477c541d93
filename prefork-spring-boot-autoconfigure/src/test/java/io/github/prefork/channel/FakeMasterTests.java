package io.github.prefork.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the child's end of the channel with a master that says what no master says.
 */
@Timeout(30)
class FakeMasterTests {

	private static final ToChild.Welcome WELCOME = new ToChild.Welcome(1, 0, 100, 25_000, "key", -1);

	@TempDir
	private Path parent;

	private Path path;

	private ServerSocketChannel server;

	@BeforeEach
	void listen() throws IOException {
		this.path = this.parent.resolve("s");
		this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		this.server.bind(UnixDomainSocketAddress.of(this.path));
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
		Awaitility.await().until(ChannelFixture::threads, List::isEmpty);
	}

	static Stream<ByteBuf> answersThatAreNone() {
		return Stream.of(Unpooled.copiedBuffer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes()),
				Unpooled.buffer().writeInt(Integer.MAX_VALUE), Unpooled.buffer().writeInt(0),
				MessageCodecTests.frame(new ToMaster.Leaving()), MessageCodecTests.frame(new ToChild.Drain()));
	}

	@ParameterizedTest
	@MethodSource("answersThatAreNone")
	void claimWhenAnswerIsNoneIsRefusedBeforeTheDeadline(ByteBuf answer) throws Exception {
		CompletableFuture<ChildChannel> claim = claim();
		try (SocketChannel child = this.server.accept()) {
			child.write(Unpooled.wrappedBuffer(answer.copy(), MessageCodecTests.frame(WELCOME)).nioBuffer());
			assertThat(claim).failsWithin(10, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(ClaimRefusedException.class)
				.withMessageContaining("closed the connection without an answer");
			// With or without the hello, which the end may overtake
			assertThat(ChannelFixture.readToEnd(child)).isNotNegative();
		}
	}

	@Test
	void claimWhenMasterHangsUpIsRefusedBeforeTheDeadline() throws Exception {
		CompletableFuture<ChildChannel> claim = claim();
		this.server.accept().close();
		assertThat(claim).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(ClaimRefusedException.class);
	}

	@ParameterizedTest
	@MethodSource("answersThatAreNone")
	void connectionWhenMasterGoesMadIsClosedAndToldOnce(ByteBuf answer) throws Exception {
		CompletableFuture<ChildChannel> claim = claim();
		try (SocketChannel connection = this.server.accept()) {
			connection.write(MessageCodecTests.frame(WELCOME).nioBuffer());
			try (ChildChannel child = claim.get(10, TimeUnit.SECONDS)) {
				ChildProbe probe = new ChildProbe();
				child.listen(probe);
				ByteBuf more = Unpooled.wrappedBuffer(MessageCodecTests.frame(WELCOME),
						MessageCodecTests.frame(new ToChild.Drain()));
				connection.write(Unpooled.wrappedBuffer(answer.copy(), more).nioBuffer());
				Object call = probe.next();
				if (call.equals(new ToChild.Drain())) {
					// Once welcome, this one is in order, and the second welcome is not
					call = probe.next();
				}
				assertThat(call).isEqualTo(ChildProbe.CLOSED);
				assertThat(probe.rest()).isEmpty();
				assertThat(ChannelFixture.readToEnd(connection)).isPositive();
			}
		}
	}

	private CompletableFuture<ChildChannel> claim() {
		ChannelAddress address = new ChannelAddress(1, 0, "00", this.path.toString());
		ToMaster.Hello hello = new ToMaster.Hello(ToMaster.Hello.PROTOCOL, "00", 1);
		return CompletableFuture.supplyAsync(() -> {
			try {
				return ChildChannels.claim(address, hello, ChannelFixture.TIMEOUT.multipliedBy(2));
			}
			catch (ClaimRefusedException ex) {
				throw new CompletionException(ex);
			}
		}, (task) -> new Thread(task, "claim").start());
	}

}
