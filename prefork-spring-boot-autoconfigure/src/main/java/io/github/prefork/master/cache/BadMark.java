package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Says of a cache that children did not start with it, so that nobody uses it for some
 * time. The reason may have lain elsewhere and be gone, so that is over after a day.
 *
 * @param file the file that is there if the cache is marked
 */
record BadMark(Path file) {

	/** What becomes of a bad cache. */
	static final String ANEW = "it is made anew after a day, and sooner if you delete the directory";

	private static final Duration VALID = Duration.ofDays(1);

	/**
	 * Return whether the cache must not be used.
	 * @return whether it was marked a short time ago
	 */
	boolean isValid() {
		try {
			return Files.getLastModifiedTime(this.file).toInstant().isAfter(Instant.now().minus(VALID));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return whether the cache is to be made anew.
	 * @return whether it was marked a long time ago
	 */
	boolean isOver() {
		return Files.exists(this.file) && !isValid();
	}

	/**
	 * Mark the cache, from now on.
	 * @throws IOException if that fails, but for a cache that is not there any more
	 */
	void set() throws IOException {
		try {
			Files.write(this.file, new byte[0]);
			Files.setLastModifiedTime(this.file, FileTime.from(Instant.now()));
		}
		catch (NoSuchFileException ex) {
			// Deleted, so nobody will use it
		}
	}

}
