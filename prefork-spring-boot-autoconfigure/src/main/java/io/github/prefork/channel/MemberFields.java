package io.github.prefork.channel;

import java.time.Duration;
import java.time.Instant;

import io.github.prefork.Build;
import io.github.prefork.ChildFigures;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How the build and the figures of a child are written and read.
 */
final class MemberFields {

	private static final long UNKNOWN = Long.MIN_VALUE;

	private MemberFields() {
	}

	static void build(ByteBuf out, Build build) {
		text(out, build.version());
		time(out, build.time());
		text(out, build.file());
		time(out, build.modified());
		out.writeLong(build.size());
	}

	static Build build(ByteBuf in) {
		return new Build(text(in), time(in), text(in), time(in), in.readLong());
	}

	static void figures(ByteBuf out, @Nullable ChildFigures figures) {
		out.writeBoolean(figures != null);
		if (figures == null) {
			return;
		}
		out.writeLong(figures.requests()).writeLong(figures.connections()).writeLong(figures.heapUsed());
		duration(out, figures.eventLoopDelay());
		duration(out, figures.gcTime());
		duration(out, figures.heartbeatAge());
		Long memory = figures.residentMemory();
		out.writeLong((memory != null) ? memory : UNKNOWN);
		duration(out, figures.cpuTime());
	}

	static @Nullable ChildFigures figures(ByteBuf in) {
		if (!Fields.flag(in)) {
			return null;
		}
		return new ChildFigures(in.readLong(), in.readLong(), in.readLong(), Duration.ofNanos(in.readLong()),
				Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()), number(in), duration(in));
	}

	private static void text(ByteBuf out, @Nullable String text) {
		out.writeBoolean(text != null);
		if (text != null) {
			Fields.text(out, text);
		}
	}

	private static @Nullable String text(ByteBuf in) {
		return Fields.flag(in) ? Fields.text(in) : null;
	}

	private static void time(ByteBuf out, @Nullable Instant time) {
		out.writeLong((time != null) ? time.toEpochMilli() : UNKNOWN);
	}

	private static @Nullable Instant time(ByteBuf in) {
		Long millis = number(in);
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	private static void duration(ByteBuf out, @Nullable Duration duration) {
		out.writeLong((duration != null) ? duration.toNanos() : UNKNOWN);
	}

	private static @Nullable Duration duration(ByteBuf in) {
		Long nanos = number(in);
		return (nanos != null) ? Duration.ofNanos(nanos) : null;
	}

	private static @Nullable Long number(ByteBuf in) {
		long number = in.readLong();
		return (number != UNKNOWN) ? number : null;
	}

}
