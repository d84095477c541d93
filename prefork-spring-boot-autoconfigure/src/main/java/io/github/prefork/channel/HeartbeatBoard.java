package io.github.prefork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The master's side of the {@link HeartbeatFile}: who has which cell. Not safe for use by
 * several threads.
 */
final class HeartbeatBoard {

	private static final Log logger = LogFactory.getLog(HeartbeatBoard.class);

	/**
	 * The cell of a child that has none.
	 */
	static final int NO_CELL = -1;

	private final @Nullable HeartbeatFile file;

	private final BitSet taken = new BitSet();

	/** How often a cell is read until it is not just being written. */
	private static final int ATTEMPTS = 5;

	private boolean warned;

	private final long[] seen = new long[HeartbeatFile.CELLS];

	/**
	 * When the last heartbeat was seen, on the time line of {@link System#nanoTime()}.
	 */
	private final long[] seenAt = new long[HeartbeatFile.CELLS];

	/** The count that each cell had when it was taken, of whoever had it before. */
	private final long[] before = new long[HeartbeatFile.CELLS];

	HeartbeatBoard(@Nullable HeartbeatFile file) {
		this.file = file;
	}

	/**
	 * Make a board with a new file, or one without cells if that is not possible.
	 * @param places where the file may be, the best first
	 * @return the board
	 */
	static HeartbeatBoard create(List<Path> places) {
		try {
			return new HeartbeatBoard(HeartbeatFile.create(places));
		}
		catch (IOException ex) {
			logger.warn("The heartbeats of the children are sent as messages, since there is no memory to share", ex);
			return new HeartbeatBoard(null);
		}
	}

	/**
	 * Take a cell.
	 * @return its index, {@link #NO_CELL} if there is none
	 */
	int take() {
		int cell = this.taken.nextClearBit(0);
		if (this.file == null || cell >= HeartbeatFile.CELLS) {
			return NO_CELL;
		}
		try {
			this.before[cell] = this.file.read(cell, 1).getLong();
			this.seen[cell] = this.before[cell];
		}
		catch (IOException ex) {
			warn(ex);
			return NO_CELL;
		}
		this.seenAt[cell] = System.nanoTime();
		this.taken.set(cell);
		return cell;
	}

	void give(int cell) {
		if (cell != NO_CELL) {
			this.taken.clear(cell);
		}
	}

	/**
	 * Look into all cells that are taken.
	 * @return the heartbeats since the last look by cell, without their figures, which
	 * {@link #last} gives. Where nothing can be read, everybody counts as heard of: a
	 * disk must not be the end of the fleet
	 */
	Map<Integer, ToMaster.Heartbeat> look() {
		Map<Integer, ToMaster.Heartbeat> found = new HashMap<>();
		if (this.file == null || this.taken.isEmpty()) {
			return found;
		}
		ByteBuffer cells = read();
		// It is done so seldom that it stays interpreted, which makes a stream expensive
		for (int cell = this.taken.nextSetBit(0); cell >= 0; cell = this.taken.nextSetBit(cell + 1)) {
			if (cells != null) {
				look(cell, cells, found);
			}
			else {
				found.put(cell, new ToMaster.Heartbeat(0));
			}
		}
		return found;
	}

	private @Nullable ByteBuffer read() {
		try {
			return (this.file != null) ? this.file.read(0, this.taken.length()) : null;
		}
		catch (IOException ex) {
			warn(ex);
			return null;
		}
	}

	private void look(int cell, ByteBuffer cells, Map<Integer, ToMaster.Heartbeat> found) {
		long count = cells.getLong(cell * HeartbeatFile.CELL_BYTES);
		if (count != this.seen[cell]) {
			this.seen[cell] = count;
			this.seenAt[cell] = System.nanoTime();
			found.put(cell, new ToMaster.Heartbeat(cells.getLong(cell * HeartbeatFile.CELL_BYTES + Long.BYTES)));
		}
	}

	/**
	 * Return the last heartbeat in a cell, seen before or not.
	 * @param cell the cell
	 * @return the heartbeat with its figures, {@code null} if it can't be read. One
	 * without figures if whoever has the cell has not written any
	 */
	ToMaster.@Nullable Heartbeat last(int cell) {
		if (this.file == null || !this.taken.get(cell)) {
			return null;
		}
		try {
			ToMaster.Heartbeat heartbeat = null;
			for (int i = 0; i < ATTEMPTS && heartbeat == null; i++) {
				ByteBuffer bytes = this.file.read(cell, 1);
				if (bytes.getLong(0) == this.before[cell]) {
					return new ToMaster.Heartbeat(0);
				}
				heartbeat = HeartbeatFile.heartbeat(bytes);
			}
			return heartbeat;
		}
		catch (IOException ex) {
			logger.debug("The figures of a child can't be read", ex);
			return null;
		}
	}

	/**
	 * Return when a look has last found a heartbeat in a cell, or it was taken.
	 * @param cell the cell
	 * @return a reading of {@link System#nanoTime()}
	 */
	long seenAt(int cell) {
		return this.seenAt[cell];
	}

	private void warn(IOException failure) {
		if (!this.warned) {
			this.warned = true;
			logger.warn("The file of the heartbeats can't be read, so nobody is taken for stalled", failure);
		}
	}

	void close() {
		this.taken.clear();
		try {
			if (this.file != null) {
				this.file.close();
			}
		}
		catch (IOException ex) {
			logger.debug("The file of the heartbeats could not be closed", ex);
		}
	}

}
