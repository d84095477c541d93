package io.github.prefork.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.github.prefork.Build;
import io.github.prefork.ChildFigures;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReportFields}.
 */
class ReportFieldsTests {

	private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

	static OperationReport running() {
		return new OperationReport(9, new Operation.Restart(), START, Duration.ofMillis(1234), null);
	}

	/**
	 * Make a report of everything that can be in one.
	 * @param children the number of children
	 * @return the report
	 */
	static FleetReport report(int children) {
		ChildState[] states = ChildState.values();
		List<FleetReport.Child> members = IntStream.range(0, children)
			.mapToObj((slot) -> new FleetReport.Child(new ChildIdentity(slot, 3, 4_000_000_000L + slot),
					states[slot % states.length], slot % 2 == 1, Duration.ofDays(400), build(slot), figures(slot),
					slot == 0))
			.toList();
		return new FleetReport(3, children, 1, 8, true, members,
				new FleetReport.Listeners("reuseport", 8080, List.of(0, 17, -1)),
				List.of(running(),
						ended(new Operation.Recycle(1),
								new RolloutResult(Outcome.FAILED, 3, 0, 1, "exit code 1; ünï", Duration.ofSeconds(2))),
						ended(new Operation.Scale(4),
								new ScaleResult(Outcome.FINISHED, 2, 4, null, Duration.ofMillis(7))),
						ended(new Operation.ScaleBy(-1), new ScaleResult(Outcome.REFUSED, 1, 1, "no", Duration.ZERO)),
						ended(new Operation.Restart(),
								new RolloutResult(Outcome.FAILED, 3, 2, -1, "the standby", Duration.ZERO))));
	}

	private static Build build(int slot) {
		return (slot % 3 == 2) ? Build.UNKNOWN
				: new Build("1." + slot, START, "/srv/application/application-1.2.3.jar", START, 23_456_789);
	}

	private static @Nullable ChildFigures figures(int slot) {
		return switch (slot % 4) {
			case 3 -> null;
			case 2 -> new ChildFigures(1, 0, 2, Duration.ZERO, Duration.ZERO, Duration.ofHours(1), null, null);
			default -> new ChildFigures(Long.MAX_VALUE, 1234, 56_000_000, Duration.ofNanos(17), Duration.ofMillis(3),
					Duration.ofMillis(80), 345_678_901L, Duration.ofSeconds(5));
		};
	}

	private static OperationReport ended(Operation operation, OperationResult result) {
		return new OperationReport(4, operation, START, result.duration(), result);
	}

	@Test
	void fleetWhenWrittenAndReadIsTheSame() {
		ByteBuf buffer = Unpooled.buffer();
		ReportFields.fleet(buffer, report(7));
		assertThat(ReportFields.fleet(buffer)).isEqualTo(report(7));
		assertThat(buffer.isReadable()).isFalse();
	}

	@Test
	void fleetOfAThousandWithLongReasonsFitsIntoFrame() {
		FleetReport many = report(1000);
		OperationReport long1 = ended(new Operation.Restart(),
				new RolloutResult(Outcome.FAILED, 1, 0, 0, "€".repeat(10_000), Duration.ZERO));
		List<OperationReport> operations = IntStream.range(0, 48).mapToObj((i) -> long1).toList();
		FleetReport report = new FleetReport(1, 1000, 1, 1000, false, many.children(),
				new FleetReport.Listeners("reuseport", 1, IntStream.range(0, 1000).boxed().toList()), operations);
		assertThat(MessageCodecTests.frame(new ToChild.FleetReported(1, report)).readableBytes())
			.isLessThan(MessageCodec.MAX_FRAME);
	}

	@Test
	void reasonWhenTooLongIsCutBetweenCharacters() {
		ByteBuf buffer = Unpooled.buffer();
		ReportFields.operationReport(buffer, ended(new Operation.Restart(),
				new RolloutResult(Outcome.FAILED, 1, 0, 0, "x" + "€".repeat(400), Duration.ZERO)));
		OperationResult result = ReportFields.operationReport(buffer).result();
		assertThat(result).isNotNull();
		assertThat(result.reason()).startsWith("x€€").endsWith("€...").doesNotContain("\uFFFD").hasSizeLessThan(200);
	}

	@Test
	void operationWhenUnknownFails() {
		assertThatExceptionOfType(CorruptedFrameException.class)
			.isThrownBy(() -> ReportFields.operation(Unpooled.buffer().writeByte(9)))
			.withMessageContaining("no operation: 9");
	}

	@Test
	void choiceWhenUnknownFails() {
		assertThatExceptionOfType(CorruptedFrameException.class)
			.isThrownBy(() -> Fields.choice(Unpooled.buffer().writeByte(9), ChildState.values()))
			.withMessageContaining("no ChildState: 9");
	}

	@Test
	void listWhenLongerThanFrameFailsWithoutAllocating() {
		ByteBuf frame = Unpooled.buffer();
		frame.writeZero(4 * 4 + 1).writeInt(Integer.MAX_VALUE);
		assertThatExceptionOfType(CorruptedFrameException.class).isThrownBy(() -> ReportFields.fleet(frame))
			.withMessageContaining("out of bounds");
	}

}
