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

	private boolean warned;

	private final long[] seen = new long[HeartbeatFile.CELLS];

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
			this.seen[cell] = this.file.read(cell, 1).getLong();
		}
		catch (IOException ex) {
			warn(ex);
			return NO_CELL;
		}
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
	 * @return the heartbeats since the last look by cell. Where nothing can be read,
	 * everybody counts as heard of: a disk must not be the end of the fleet
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
			found.put(cell, new ToMaster.Heartbeat(cells.getLong(cell * HeartbeatFile.CELL_BYTES + Long.BYTES)));
		}
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
