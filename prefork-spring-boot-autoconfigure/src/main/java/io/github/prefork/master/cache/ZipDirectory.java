package io.github.prefork.master.cache;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the central directory of a jar: the names, sizes and checksums of all entries,
 * some kilobytes that tell one jar from another.
 */
final class ZipDirectory {

	private static final int END_SIGNATURE = 0x06054b50;

	private static final int END_LENGTH = 22;

	private static final int LONGEST_COMMENT = 0xffff;

	private static final long LONGEST = 64L << 20;

	private ZipDirectory() {
	}

	/**
	 * Read the directory.
	 * @param jar the jar
	 * @return its bytes
	 * @throws IOException if it can't be read, or is no jar, or one of more than 4 GB
	 */
	static ByteBuffer read(Path jar) throws IOException {
		try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.READ)) {
			long tail = Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
			ByteBuffer end = read(channel, channel.size() - tail, (int) tail);
			for (int at = end.limit() - END_LENGTH; at >= 0; at--) {
				if (end.getInt(at) == END_SIGNATURE) {
					// Its length is used, not its offset: something may stand in front
					long length = Integer.toUnsignedLong(end.getInt(at + 12));
					long start = channel.size() - tail + at - length;
					if (length > 0 && length < LONGEST && start >= 0) {
						return read(channel, start, (int) length);
					}
				}
			}
			throw new IOException(jar + " has no directory that can be read");
		}
	}

	private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, position + buffer.position()) < 0) {
				throw new EOFException();
			}
		}
		return buffer.flip();
	}

}
