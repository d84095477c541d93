package io.github.prefork.channel;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;

/**
 * How the fields of a message that are not plain numbers are written and read. No length
 * in a frame is believed before it was compared with what the frame holds.
 */
final class Fields {

	private Fields() {
	}

	static int type(ByteBuf in) {
		if (!in.isReadable()) {
			throw new CorruptedFrameException("empty frame");
		}
		return in.readUnsignedByte();
	}

	static ByteBuf text(ByteBuf out, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return out.writeInt(bytes.length).writeBytes(bytes);
	}

	static String text(ByteBuf in) {
		byte[] bytes = new byte[length(in, 1)];
		in.readBytes(bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	static ByteBuf numbers(ByteBuf out, Set<Integer> numbers) {
		out.writeInt(numbers.size());
		new TreeSet<>(numbers).forEach(out::writeInt);
		return out;
	}

	static Set<Integer> numbers(ByteBuf in) {
		int length = length(in, Integer.BYTES);
		Set<Integer> numbers = new HashSet<>();
		for (int i = 0; i < length; i++) {
			numbers.add(in.readInt());
		}
		return numbers;
	}

	static ByteBuf digests(ByteBuf out, Map<String, Long> digests) {
		out.writeInt(digests.size());
		new TreeMap<>(digests).forEach((name, digest) -> text(out, name).writeLong(digest));
		return out;
	}

	static Map<String, Long> digests(ByteBuf in) {
		int length = length(in, Integer.BYTES + Long.BYTES);
		Map<String, Long> digests = new HashMap<>();
		for (int i = 0; i < length; i++) {
			digests.put(text(in), in.readLong());
		}
		return digests;
	}

	static ByteBuf figures(ByteBuf out, ToMaster.Figures figures) {
		return out.writeLong(figures.requests())
			.writeLong(figures.connections())
			.writeLong(figures.heapBytes())
			.writeLong(figures.loopDelayNanos())
			.writeLong(figures.gcMillis());
	}

	static ToMaster.Figures figures(ByteBuf in) {
		return new ToMaster.Figures(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
	}

	static boolean flag(ByteBuf in) {
		int value = in.readUnsignedByte();
		if (value > 1) {
			throw new CorruptedFrameException("neither true nor false: " + value);
		}
		return value == 1;
	}

	static AddressFamily family(ByteBuf in) {
		return choice(in, AddressFamily.values());
	}

	static <E extends Enum<E>> E choice(ByteBuf in, E[] values) {
		int value = in.readUnsignedByte();
		if (value >= values.length) {
			throw new CorruptedFrameException("no " + values[0].getDeclaringClass().getSimpleName() + ": " + value);
		}
		return values[value];
	}

	static int length(ByteBuf in, int width) {
		int length = in.readInt();
		if (length < 0 || length > in.readableBytes() / width) {
			throw new CorruptedFrameException("length out of bounds: " + length);
		}
		return length;
	}

}
