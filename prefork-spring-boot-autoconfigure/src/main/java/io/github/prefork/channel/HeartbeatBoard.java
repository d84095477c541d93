package io.github.prefork.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The master's side of the {@link HeartbeatFile}: who has which cell. Not safe for use by
 * several threads.
 */
final class HeartbeatBoard {

	/**
	 * The cell of a child that has none.
	 */
	static final int NO_CELL = -1;

	private final @Nullable HeartbeatFile file;

	private final BitSet taken = new BitSet();

	private final long[] seen = new long[HeartbeatFile.CELLS];

	private HeartbeatBoard(@Nullable HeartbeatFile file) {
		this.file = file;
	}

	/**
	 * Make a board with a new file, or one without cells if that is not possible.
	 * @param path the path of the file
	 * @return the board
	 */
	static HeartbeatBoard create(Path path) {
		try {
			return new HeartbeatBoard(HeartbeatFile.create(path));
		}
		catch (IOException ex) {
			LogFactory.getLog(HeartbeatBoard.class)
				.warn("The heartbeats of the children are sent as messages, since there is no memory to share", ex);
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
		this.taken.set(cell);
		this.seen[cell] = this.file.count(cell);
		return cell;
	}

	void give(int cell) {
		if (cell != NO_CELL) {
			this.taken.clear(cell);
		}
	}

	/**
	 * Look into a cell.
	 * @param cell the index
	 * @return the last heartbeat, {@code null} if there was none since the last look
	 */
	ToMaster.@Nullable Heartbeat look(int cell) {
		if (this.file == null || cell == NO_CELL) {
			return null;
		}
		long count = this.file.count(cell);
		if (count == this.seen[cell]) {
			return null;
		}
		this.seen[cell] = count;
		return this.file.last(cell);
	}

}
