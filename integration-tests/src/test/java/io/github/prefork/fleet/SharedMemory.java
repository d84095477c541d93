package io.github.prefork.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a master keeps in memory outside of its temporary directory.
 *
 * @param master the process id of the master
 */
record SharedMemory(long master) {

	private static final Path PLACE = Path.of("/dev/shm");

	List<Path> files() {
		List<Path> files = new ArrayList<>();
		if (Files.isDirectory(PLACE)) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(PLACE, "prefork-" + this.master + "-*")) {
				found.forEach(files::add);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return files;
	}

	/**
	 * Remove what processes that were killed could not remove.
	 */
	void delete() {
		for (Path file : files()) {
			try {
				Files.deleteIfExists(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
