package io.github.prefork.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

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
import io.netty.handler.codec.CorruptedFrameException;
import org.jspecify.annotations.Nullable;

/**
 * How reports on the fleet and on operations are written and read.
 */
final class ReportFields {

	/**
	 * The most bytes of a reason that are written: it may hold what a child has said.
	 */
	static final int MAX_REASON = 512;

	/** Not -1, which is that of a standby. */
	private static final int NO_SLOT = Integer.MIN_VALUE;

	private ReportFields() {
	}

	static void fleet(ByteBuf out, FleetReport report) {
		out.writeInt(report.generation()).writeInt(report.desired()).writeInt(report.minReady());
		out.writeInt(report.maxChildren()).writeBoolean(report.recoveryExceeded());
		list(out, report.children(), ReportFields::child);
		Fields.text(out, report.listeners().mode()).writeInt(report.listeners().port());
		list(out, report.listeners().queues(), ByteBuf::writeInt);
		list(out, report.operations(), ReportFields::operationReport);
	}

	static FleetReport fleet(ByteBuf in) {
		return new FleetReport(in.readInt(), in.readInt(), in.readInt(), in.readInt(), Fields.flag(in),
				list(in, ReportFields::child),
				new FleetReport.Listeners(Fields.text(in), in.readInt(), list(in, ByteBuf::readInt)),
				list(in, ReportFields::operationReport));
	}

	private static void child(ByteBuf out, FleetReport.Child child) {
		ChildIdentity identity = child.identity();
		out.writeInt(identity.slot()).writeInt(identity.generation()).writeLong(identity.pid());
		out.writeByte(child.state().ordinal()).writeBoolean(child.stalled()).writeLong(child.uptime().toNanos());
		MemberFields.build(out, child.build());
		MemberFields.figures(out, child.figures());
		out.writeBoolean(child.leader());
	}

	private static FleetReport.Child child(ByteBuf in) {
		return new FleetReport.Child(new ChildIdentity(in.readInt(), in.readInt(), in.readLong()),
				Fields.choice(in, ChildState.values()), Fields.flag(in), Duration.ofNanos(in.readLong()),
				MemberFields.build(in), MemberFields.figures(in), Fields.flag(in));
	}

	static void operation(ByteBuf out, Operation operation) {
		if (operation instanceof Operation.Recycle recycle) {
			out.writeByte(1).writeInt(recycle.slot());
		}
		else if (operation instanceof Operation.Scale scale) {
			out.writeByte(2).writeInt(scale.children());
		}
		else if (operation instanceof Operation.ScaleBy scale) {
			out.writeByte(3).writeInt(scale.step());
		}
		else {
			out.writeByte(0);
		}
	}

	static Operation operation(ByteBuf in) {
		int kind = in.readUnsignedByte();
		return switch (kind) {
			case 0 -> new Operation.Restart();
			case 1 -> new Operation.Recycle(in.readInt());
			case 2 -> new Operation.Scale(in.readInt());
			case 3 -> new Operation.ScaleBy(in.readInt());
			default -> throw new CorruptedFrameException("no operation: " + kind);
		};
	}

	static void operationReport(ByteBuf out, OperationReport report) {
		operation(out.writeLong(report.id()), report.operation());
		out.writeLong(report.startedAt().toEpochMilli()).writeLong(report.duration().toNanos());
		OperationResult result = report.result();
		out.writeBoolean(result != null);
		if (result != null) {
			result(out, result);
		}
	}

	static OperationReport operationReport(ByteBuf in) {
		return new OperationReport(in.readLong(), operation(in), Instant.ofEpochMilli(in.readLong()),
				Duration.ofNanos(in.readLong()), (Fields.flag(in)) ? result(in) : null);
	}

	private static void result(ByteBuf out, OperationResult result) {
		out.writeBoolean(result instanceof ScaleResult).writeByte(result.outcome().ordinal());
		out.writeLong(result.duration().toNanos());
		reason(out, result.reason());
		if (result instanceof ScaleResult scale) {
			out.writeInt(scale.before()).writeInt(scale.children());
		}
		else if (result instanceof RolloutResult rollout) {
			Integer slot = rollout.slot();
			out.writeInt(rollout.generation()).writeInt(rollout.replaced()).writeInt((slot != null) ? slot : NO_SLOT);
		}
	}

	private static OperationResult result(ByteBuf in) {
		boolean scale = Fields.flag(in);
		Outcome outcome = Fields.choice(in, Outcome.values());
		Duration duration = Duration.ofNanos(in.readLong());
		String reason = (Fields.flag(in)) ? Fields.text(in) : null;
		if (scale) {
			return new ScaleResult(outcome, in.readInt(), in.readInt(), reason, duration);
		}
		int generation = in.readInt();
		int replaced = in.readInt();
		int slot = in.readInt();
		return new RolloutResult(outcome, generation, replaced, (slot != NO_SLOT) ? slot : null, reason, duration);
	}

	private static void reason(ByteBuf out, @Nullable String reason) {
		out.writeBoolean(reason != null);
		if (reason != null) {
			Fields.text(out, shortened(reason));
		}
	}

	private static String shortened(String reason) {
		byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= MAX_REASON) {
			return reason;
		}
		int end = MAX_REASON - 3;
		while ((bytes[end] & 0xC0) == 0x80) {
			end--;
		}
		return new String(bytes, 0, end, StandardCharsets.UTF_8) + "...";
	}

	private static <T> void list(ByteBuf out, Collection<T> elements, BiConsumer<ByteBuf, T> writer) {
		out.writeInt(elements.size());
		elements.forEach((element) -> writer.accept(out, element));
	}

	private static <T> List<T> list(ByteBuf in, Function<ByteBuf, T> reader) {
		int length = Fields.length(in, Integer.BYTES);
		List<T> elements = new ArrayList<>();
		for (int i = 0; i < length; i++) {
			elements.add(reader.apply(in));
		}
		return elements;
	}

}
