package io.github.prefork.channel;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in the memory of master and children, with a cell for each child: the child
 * writes its heartbeats there and the master looks when it has a reason to, so that
 * nobody is woken for them. A cell is a counter and the figures of the last heartbeat.
 */
final class HeartbeatFile {

	/**
	 * How many children can have a cell; more than that send messages.
	 */
	static final int CELLS = 1024;

	// A cache line, so that children on several processors don't disturb each other
	private static final int CELL_BYTES = 64;

	private static final int BLOCKED_OFFSET = Long.BYTES;

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private final ByteBuffer memory;

	private HeartbeatFile(ByteBuffer memory) {
		this.memory = memory;
	}

	static Path beside(Path socket) {
		return socket.resolveSibling("h");
	}

	static HeartbeatFile create(Path path) throws IOException {
		try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			// Written and not left sparse: a disk that is full has to show here, not
			// later
			ByteBuffer zeros = ByteBuffer.allocate(CELLS * CELL_BYTES);
			while (zeros.hasRemaining()) {
				file.write(zeros);
			}
			return map(file);
		}
	}

	static HeartbeatFile open(Path path) throws IOException {
		try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			if (file.size() < CELLS * CELL_BYTES) {
				throw new IOException("The file for heartbeats is too short: " + file.size());
			}
			return map(file);
		}
	}

	private static HeartbeatFile map(FileChannel file) throws IOException {
		return new HeartbeatFile(file.map(FileChannel.MapMode.READ_WRITE, 0, CELLS * CELL_BYTES));
	}

	void beat(int cell, ToMaster.Heartbeat heartbeat) {
		int offset = cell * CELL_BYTES;
		LONG.setOpaque(this.memory, offset + BLOCKED_OFFSET, heartbeat.loopBlockedMillis());
		LONG.setRelease(this.memory, offset, count(cell) + 1);
	}

	long count(int cell) {
		return (long) LONG.getAcquire(this.memory, cell * CELL_BYTES);
	}

	ToMaster.Heartbeat last(int cell) {
		return new ToMaster.Heartbeat((long) LONG.getOpaque(this.memory, cell * CELL_BYTES + BLOCKED_OFFSET));
	}

}
