package io.github.prefork.channel;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A file that master and children share, with a cell for each child: the child writes its
 * heartbeats there and the master looks when it has a reason to, so that nobody is woken
 * for them. A cell is a counter, the last heartbeat, and a checksum, because a reader may
 * come in the middle of a write.
 * <p>
 * The file is not mapped: a page that a file has lost ends a JVM, or throws errors where
 * nobody expects them. Not safe for use by several threads.
 */
final class HeartbeatFile implements Closeable {

	/**
	 * How many children can have a cell; more than that send messages.
	 */
	static final int CELLS = 1024;

	/**
	 * The size of a cell in bytes.
	 */
	static final int CELL_BYTES = 8 * Long.BYTES;

	private static final int SUM_AT = 7 * Long.BYTES;

	private static final Path SHARED_MEMORY = Path.of("/dev/shm");

	private static final FileAttribute<?> PRIVATE = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	// Unlike a channel it is not closed by an interrupt of its thread
	private final RandomAccessFile file;

	private long beats;

	private HeartbeatFile(Path path) throws IOException {
		this.file = new RandomAccessFile(path.toFile(), "rw");
	}

	/**
	 * Return where the file of a master may be, the best first: in memory that is shared
	 * anyway, where no disk makes whoever writes wait, or beside the socket.
	 * @param socket the path of the master's socket
	 * @return the paths
	 */
	static List<Path> places(Path socket) {
		Path directory = socket.toAbsolutePath().getParent();
		Path beside = socket.resolveSibling("h");
		return (directory != null && directory.getFileName() != null && Files.isDirectory(SHARED_MEMORY))
				? List.of(SHARED_MEMORY.resolve(directory.getFileName()), beside) : List.of(beside);
	}

	/**
	 * Create the file of this master.
	 * @param places where it may be, the best first
	 * @return the file
	 * @throws IOException if it can't be anywhere
	 */
	static HeartbeatFile create(List<Path> places) throws IOException {
		IOException failure = new IOException("No place for the file of the heartbeats");
		for (Path place : places) {
			try {
				return create(place);
			}
			catch (IOException ex) {
				failure.addSuppressed(ex);
			}
		}
		throw failure;
	}

	private static HeartbeatFile create(Path path) throws FileAlreadyExistsException, IOException {
		Files.createFile(path, PRIVATE);
		try {
			// Written and not left sparse: a disk that is full has to show here, not
			// later
			Files.write(path, new byte[CELLS * CELL_BYTES]);
			return new HeartbeatFile(path);
		}
		catch (IOException ex) {
			Files.deleteIfExists(path);
			throw ex;
		}
	}

	/**
	 * Open the file of a master.
	 * @param places where it may be
	 * @param socket the path of the master's socket, of the same user
	 * @return the file
	 * @throws IOException if it is not there or not the master's
	 */
	static HeartbeatFile open(List<Path> places, Path socket) throws IOException {
		for (Path place : places) {
			if (Files.exists(place) && Files.getOwner(place).equals(Files.getOwner(socket))) {
				return new HeartbeatFile(place);
			}
		}
		throw new NoSuchFileException(places.toString());
	}

	/**
	 * Write a heartbeat.
	 * @param cell the cell of the child
	 * @param heartbeat the heartbeat
	 * @throws IOException if it can't be written
	 */
	void beat(int cell, ToMaster.Heartbeat heartbeat) throws IOException {
		if (this.beats == 0) {
			// Whoever had the cell before has counted too
			this.beats = read(cell, 1).getLong();
		}
		ToMaster.Figures figures = heartbeat.figures();
		ByteBuffer bytes = ByteBuffer.allocate(CELL_BYTES)
			.putLong(++this.beats)
			.putLong(heartbeat.loopBlockedMillis())
			.putLong(figures.requests())
			.putLong(figures.connections())
			.putLong(figures.heapBytes())
			.putLong(figures.loopDelayNanos())
			.putLong(figures.gcMillis());
		bytes.putLong(sum(bytes));
		this.file.seek((long) cell * CELL_BYTES);
		this.file.write(bytes.array());
	}

	/**
	 * Return the last heartbeat in a cell.
	 * @param bytes the bytes of the cell alone
	 * @return the heartbeat, {@code null} if it was being written meanwhile
	 */
	static ToMaster.@Nullable Heartbeat heartbeat(ByteBuffer bytes) {
		if (bytes.getLong(SUM_AT) != sum(bytes)) {
			return null;
		}
		bytes.position(Long.BYTES);
		return new ToMaster.Heartbeat(bytes.getLong(), new ToMaster.Figures(bytes.getLong(), bytes.getLong(),
				bytes.getLong(), bytes.getLong(), bytes.getLong()));
	}

	private static long sum(ByteBuffer bytes) {
		long sum = 0;
		for (int at = 0; at < SUM_AT; at += Long.BYTES) {
			// Not a plain sum: two numbers that change places would not change it
			sum = sum * 31 + bytes.getLong(at);
		}
		return sum;
	}

	/**
	 * Read cells.
	 * @param first the first one
	 * @param count how many
	 * @return their bytes; zero where the file is too short, as somebody may have cut it
	 * @throws IOException if they can't be read
	 */
	ByteBuffer read(int first, int count) throws IOException {
		byte[] bytes = new byte[count * CELL_BYTES];
		this.file.seek((long) first * CELL_BYTES);
		int done = 0;
		int read = 0;
		while (done < bytes.length && read >= 0) {
			done += read;
			read = this.file.read(bytes, done, bytes.length - done);
		}
		return ByteBuffer.wrap(bytes);
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
