package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the files of a cache are like, one line each. Those of the layout are known by
 * size and time, as the JVM knows them; an archive by its checksum.
 *
 * @param lines the lines
 */
record Manifest(List<String> lines) {

	Manifest {
		lines = List.copyOf(lines);
	}

	/**
	 * Look at the files.
	 * @param directory the directory of the cache
	 * @param layout the directory of the layout, which may not be there
	 * @param archive the archive, which may not be there
	 * @return what they are like
	 * @throws IOException if they can't be read
	 */
	static Manifest of(Path directory, Path layout, Path archive) throws IOException {
		List<String> lines = new ArrayList<>();
		if (Files.isDirectory(layout)) {
			try (Stream<Path> files = Files.walk(layout)) {
				for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
					lines.add("%d %d %s".formatted(Files.size(file), Files.getLastModifiedTime(file).toMillis(),
							directory.relativize(file)));
				}
			}
		}
		if (Files.isRegularFile(archive)) {
			lines
				.add("%d %08x %s".formatted(Files.size(archive), Checksums.of(archive), directory.relativize(archive)));
		}
		return new Manifest(lines);
	}

	static Manifest read(Path file) throws IOException {
		return new Manifest(Files.readAllLines(file));
	}

	void write(Path file) throws IOException {
		Files.write(file, this.lines);
	}

}
