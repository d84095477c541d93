package io.github.prefork.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.TooLongFrameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MessageCodec}, {@link MessageDecoder} and {@link MessageEncoder}.
 */
class MessageCodecTests {

	static Stream<ToMaster> toMaster() {
		return Stream.of(new ToMaster.Hello(ToMaster.Hello.PROTOCOL, "0af1", Long.MAX_VALUE),
				new ToMaster.Hello(ToMaster.Hello.PROTOCOL, "", 0),
				new ToMaster.Described("1.2.0 ünïcode €", 1_764_151_200_000L, Map.of("prefork.children", -5L, "b", 0L)),
				new ToMaster.Described("", 0, Map.of()), new ToMaster.AttachListeners("key"),
				new ToMaster.ServerStarting("", 0, false), new ToMaster.ServerStarting("::1", 8080, true),
				new ToMaster.ListenerHeld(3, 65535), new ToMaster.Readiness(true), new ToMaster.Readiness(false),
				new ToMaster.Heartbeat(12_345_678_901L), new ToMaster.Heartbeat(1, new ToMaster.Figures(2, 3, 4, 5, 6)),
				new ToMaster.Accepting(7), new ToMaster.AcceptBlocked(2, true), new ToMaster.ListenersClosed(9),
				new ToMaster.Leaving(), new ToMaster.Failing("no such file"), new ToMaster.Stuck("main at a.B.c"),
				new ToMaster.Debugged(), new ToMaster.OutOfMemory("direct"), new ToMaster.ReportRequest(5),
				new ToMaster.OperationRequest(6, -1, new Operation.Restart()),
				new ToMaster.OperationRequest(7, 30_000, new Operation.Recycle(3)),
				new ToMaster.OperationRequest(8, 0, new Operation.Scale(4)),
				new ToMaster.OperationRequest(9, 1, new Operation.ScaleBy(-1)));
	}

	static Stream<ToChild> toChild() {
		return Stream.of(new ToChild.Welcome(1, 2, 100, 25_000, "key", 5), new ToChild.Refused("no; 不"),
				new ToChild.ListenersOffered(4, 1), new ToChild.Accept(Long.MIN_VALUE, Set.of()),
				new ToChild.Accept(3, Set.of(0, 2, 5)), new ToChild.CloseListeners(5, Set.of(1, 3), true),
				new ToChild.CloseListeners(5, Set.of(), false), new ToChild.Drain(), new ToChild.Examine(),
				new ToChild.Assign(3), new ToChild.Lead(true), new ToChild.Lead(false), new ToChild.Survey(4),
				new ToChild.Bind("", 8080, AddressFamily.IPV4, 128),
				new ToChild.Bind("fe80::1%lo", 0, AddressFamily.ANY, 1),
				new ToChild.FleetReported(5, FleetReport.EMPTY),
				new ToChild.FleetReported(6, ReportFieldsTests.report(2)),
				new ToChild.OperationReported(7, ReportFieldsTests.running()));
	}

	@ParameterizedTest
	@MethodSource("toMaster")
	void readWhenSaidToMasterEqualsWritten(ToMaster message) {
		assertThat(read(reader(true), frame(message))).containsExactly(message);
	}

	@ParameterizedTest
	@MethodSource("toChild")
	void readWhenSaidToChildEqualsWritten(ToChild message) {
		assertThat(read(reader(false), frame(message))).containsExactly(message);
	}

	@Test
	void samplesWhenMessageIsAddedKnowIt() {
		assertThat(toMaster().map(Object::getClass)).contains(ToMaster.class.getPermittedSubclasses());
		assertThat(toChild().map(Object::getClass)).contains(ToChild.class.getPermittedSubclasses());
	}

	@Test
	void readWhenSplitAtEveryByteIsTheSame() {
		ByteBuf all = Unpooled.buffer();
		toMaster().map(MessageCodecTests::frame).forEach(all::writeBytes);
		for (int split = 0; split <= all.readableBytes(); split++) {
			EmbeddedChannel reader = reader(true);
			ByteBuf first = all.copy(0, split);
			ByteBuf second = all.copy(split, all.readableBytes() - split);
			assertThat(read(reader, first, second)).as("split at %d", split)
				.isEqualTo(toMaster().map(Message.class::cast).toList());
		}
	}

	@Test
	void readWhenByteByByteIsTheSame() {
		EmbeddedChannel reader = reader(false);
		ByteBuf all = Unpooled.buffer();
		toChild().map(MessageCodecTests::frame).forEach(all::writeBytes);
		List<Message> read = new ArrayList<>();
		while (all.isReadable()) {
			read.addAll(read(reader, all.readBytes(1)));
		}
		assertThat(read).isEqualTo(toChild().map(Message.class::cast).toList());
	}

	@ParameterizedTest
	@MethodSource("toMaster")
	void readWhenFrameIsCutShortFails(ToMaster message) {
		ByteBuf frame = frame(message);
		for (int length = 0; length < frame.readableBytes() - Integer.BYTES; length++) {
			ByteBuf cut = frame.copy(0, Integer.BYTES + length).setInt(0, length);
			assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> read(reader(true), cut));
		}
	}

	@ParameterizedTest
	@MethodSource("toChild")
	void readWhenFrameHasMoreThanItsFieldsFails(ToChild message) {
		ByteBuf frame = frame(message).writeByte(0);
		frame.setInt(0, frame.readableBytes() - Integer.BYTES);
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> read(reader(false), frame))
			.withMessageContaining("too many");
	}

	@Test
	void readWhenHelloIsOfAnotherReleaseTellsItsVersionAndTokenOnly() {
		List<ByteBuf> hellos = List.of(frame(1, 0, 0, 0, 99), frame(1, 0, 0, 0, 99, 0x7f, 0xff, 0xff, 0xff, 5),
				frame(1, 0, 0, 0, 99, 0, 0, 1));
		assertThat(hellos).allSatisfy(
				(hello) -> assertThat(read(reader(true), hello)).containsExactly(new ToMaster.Hello(99, "", 0)));
		assertThat(read(reader(true), frame(new ToMaster.Hello(99, "0af1", 42))))
			.containsExactly(new ToMaster.Hello(99, "0af1", 0));
	}

	@Test
	void readWhenTypeIsUnknownFails() {
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> read(reader(true), frame(200)))
			.withMessageContaining("unknown type 200");
	}

	@Test
	void readWhenMessageIsForTheOtherSideFails() {
		assertThatExceptionOfType(CorruptedFrameException.class)
			.isThrownBy(() -> read(reader(true), frame(new ToChild.Drain())));
		assertThatExceptionOfType(CorruptedFrameException.class)
			.isThrownBy(() -> read(reader(false), frame(new ToMaster.Leaving())));
	}

	@Test
	void readWhenFlagIsNeitherFails() {
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> read(reader(true), frame(5, 2)));
	}

	@Test
	void readWhenLengthInFrameIsTooLargeFailsWithoutAllocating() {
		int accept = 35;
		ByteBuf frame = frame(accept, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff);
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> read(reader(false), frame))
			.withMessageContaining("out of bounds");
	}

	@Test
	void readWhenLengthInFrameIsNegativeFails() {
		ByteBuf frame = frame(2, 0xff, 0xff, 0xff, 0xff);
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> read(reader(true), frame))
			.withMessageContaining("out of bounds");
	}

	@Test
	void readWhenFrameIsTooLongFails() {
		ByteBuf length = Unpooled.buffer().writeInt(MessageCodec.MAX_FRAME + 1);
		assertThatExceptionOfType(TooLongFrameException.class).isThrownBy(() -> read(reader(true), length));
	}

	@Test
	void readWhenLengthIsNegativeFails() {
		ByteBuf length = Unpooled.buffer().writeInt(-1);
		assertThatExceptionOfType(TooLongFrameException.class).isThrownBy(() -> read(reader(true), length));
	}

	@Test
	void writeWhenMessageIsTooLongFails() {
		ToChild.Refused message = new ToChild.Refused("x".repeat(MessageCodec.MAX_FRAME));
		assertThatExceptionOfType(EncoderException.class).isThrownBy(() -> frame(message));
	}

	private static EmbeddedChannel reader(boolean master) {
		return new EmbeddedChannel(
				new MessageDecoder((master) ? MessageCodec::readToMaster : MessageCodec::readToChild));
	}

	private static List<Message> read(EmbeddedChannel reader, ByteBuf... parts) {
		List<Message> messages = new ArrayList<>();
		for (ByteBuf part : parts) {
			reader.writeInbound(part);
		}
		for (Message message = reader.readInbound(); message != null; message = reader.readInbound()) {
			messages.add(message);
		}
		return messages;
	}

	private static ByteBuf frame(int... bytes) {
		ByteBuf frame = Unpooled.buffer().writeInt(bytes.length);
		for (int value : bytes) {
			frame.writeByte(value);
		}
		return frame;
	}

	static ByteBuf frame(Message message) {
		EmbeddedChannel writer = new EmbeddedChannel(new MessageEncoder());
		writer.writeOutbound(message);
		ByteBuf frame = writer.readOutbound();
		try {
			return Unpooled.copiedBuffer(frame);
		}
		finally {
			frame.release();
		}
	}

}
