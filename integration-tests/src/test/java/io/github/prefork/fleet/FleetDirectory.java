package io.github.prefork.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The files of one fleet: its working directory, its {@code java.io.tmpdir} and its
 * output.
 *
 * @param root the directory that holds them all
 */
record FleetDirectory(Path root) {

	static FleetDirectory create() throws IOException {
		FleetDirectory directory = new FleetDirectory(Files.createTempDirectory("fleet-"));
		Files.createDirectory(directory.work());
		Files.createDirectory(directory.temporary());
		Files.createFile(directory.output());
		return directory;
	}

	Path work() {
		return this.root.resolve("work");
	}

	Path temporary() {
		return this.root.resolve("tmp");
	}

	Path output() {
		return this.root.resolve("output.log");
	}

	/**
	 * Find what prefork has left in the temporary directory.
	 * @return the sockets and pipes, and all that has prefork in its path
	 */
	List<Path> leftBehind() {
		List<Path> found = new ArrayList<>();
		walk(temporary(), (path, attributes) -> {
			boolean named = temporary().relativize(path).toString().contains("prefork");
			if (named || (attributes != null && attributes.isOther())) {
				found.add(path);
			}
		});
		return found;
	}

	void delete() {
		walk(this.root, (path, attributes) -> {
			try {
				Files.deleteIfExists(path);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	// Depth first, and tolerant of files that go away meanwhile
	private static void walk(Path start, Visitor visitor) {
		try {
			Files.walkFileTree(start, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					visitor.visit(file, attributes);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
					if (ex instanceof NoSuchFileException) {
						return FileVisitResult.CONTINUE;
					}
					throw ex;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) {
					visitor.visit(directory, null);
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sees one file or, without attributes, directory.
	 */
	private interface Visitor {

		void visit(Path path, @Nullable BasicFileAttributes attributes);

	}

}
