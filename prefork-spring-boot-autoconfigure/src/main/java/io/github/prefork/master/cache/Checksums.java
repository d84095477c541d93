package io.github.prefork.master.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The checksums of the archives that this process has made or read. None that has not
 * changed since is read again: that takes seconds if it has to come from a disk. Safe for
 * use by several threads.
 */
final class Checksums {

	/**
	 * The last of these times can't be set. To read an archive takes longer than the
	 * clock of a file system needs to move on.
	 */
	private static final String STAMP = "unix:fileKey,size,lastModifiedTime,ctime";

	private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

	private Checksums() {
	}

	/**
	 * Return the checksum of a file, which is read if need be.
	 * @param file the file
	 * @return its CRC-32
	 * @throws IOException if it can't be read
	 */
	static long of(Path file) throws IOException {
		Map<String, Object> stamp = stamp(file);
		Known known = KNOWN.get(file);
		if (known != null && known.stamp().equals(stamp)) {
			return known.checksum();
		}
		long checksum = read(file);
		if (stamp(file).equals(stamp)) {
			KNOWN.put(file, new Known(stamp, checksum));
		}
		return checksum;
	}

	/**
	 * Return whether the checksum of a file can be told without reading it.
	 * @param file the file
	 * @return whether this process has read it, and it has not changed since
	 */
	static boolean isKnown(Path file) {
		Known known = KNOWN.get(file);
		try {
			return known != null && known.stamp().equals(stamp(file));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Map<String, Object> stamp(Path file) throws IOException {
		return Files.readAttributes(file, STAMP);
	}

	private static long read(Path file) throws IOException {
		try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
			byte[] buffer = new byte[1 << 16];
			int read = 0;
			while (read >= 0) {
				read = ((InputStream) in).read(buffer);
			}
			return in.getChecksum().getValue();
		}
	}

	/**
	 * What is known of a file.
	 *
	 * @param stamp what it was like when it was read
	 * @param checksum its checksum
	 */
	private record Known(Map<String, Object> stamp, long checksum) {

	}

}
