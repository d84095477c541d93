package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The cache of one application, in a directory of its own. Whatever is in it was put
 * there by a rename, and {@code manifest} says what it is like.
 *
 * @param directory the directory
 */
record CacheEntry(Path directory) {

	/** From this release on the archive of the JVM is the AOT cache. */
	static final boolean AOT = Runtime.version().feature() >= 25;

	/** The option by which a JVM uses an archive. */
	static final String ARCHIVE_OPTION = AOT ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";

	/**
	 * Return the directory with the extracted jars.
	 * @return its path, whether it is there or not
	 */
	Path layout() {
		return this.directory.resolve("app");
	}

	/**
	 * Return the jar to run instead of an executable jar.
	 * @param application the application
	 * @return its path, whether it is there or not
	 */
	Path jar(Path application) {
		return layout().resolve(application.getFileName());
	}

	/**
	 * Return the file with the classes.
	 * @return its path, whether it is there or not
	 */
	Path archive() {
		return this.directory.resolve(AOT ? "app.aot" : "app.jsa");
	}

	/**
	 * Return whether something was made, complete and not deleted since.
	 * @return whether there is anything to verify
	 */
	boolean isMade() {
		return Files.exists(manifest());
	}

	/**
	 * Return whether this process has to read the archive before it can be used.
	 * @return whether {@link #verify()} may take seconds
	 */
	boolean isUnread() {
		return isMade() && !badMark().isOver() && Files.isRegularFile(archive()) && !Checksums.isKnown(archive());
	}

	private Path manifest() {
		return this.directory.resolve("manifest");
	}

	/**
	 * Return what says whether children can't start with this.
	 * @return the mark
	 */
	BadMark badMark() {
		return new BadMark(this.directory.resolve("bad"));
	}

	/**
	 * Return whether a JVM has the archive in use.
	 * @param pid its process id
	 * @return whether it has, or whether that can't be seen
	 */
	boolean isMapped(long pid) {
		try {
			String maps = Files.readString(Path.of("/proc", String.valueOf(pid), "maps"));
			// Links are resolved there
			return maps.contains(archive().toRealPath().toString());
		}
		catch (IOException ex) {
			return true;
		}
	}

	/**
	 * Make sure that everything is as it was when it was made. What this process has read
	 * before, and what has not changed since, is not read again.
	 * @return what there is of it
	 * @throws IOException if it is not, or can't be read
	 */
	Content verify() throws IOException {
		if (badMark().isOver()) {
			throw new IOException("children did not start with it before (" + this.directory + ")");
		}
		if (!Files.exists(this.directory, LinkOption.NOFOLLOW_LINKS) || !isMade()) {
			return Content.NOTHING;
		}
		CacheHome.requireOwn(this.directory);
		for (Path part : List.of(manifest(), layout(), archive())) {
			requireOwn(part);
		}
		if (!Manifest.read(manifest()).equals(look())) {
			throw new IOException(this.directory + " is not as it was made");
		}
		return new Content(Files.isDirectory(layout()), Files.isRegularFile(archive()));
	}

	/**
	 * Return what can be told of this without reading it, so often as a child is
	 * launched.
	 * @param archive whether the archive counts; it and the manifest may be new if not
	 * @return identities, sizes and times; empty if something is missing
	 */
	String stamp(boolean archive) {
		List<Path> parts = new ArrayList<>();
		if (archive) {
			parts.add(manifest());
			parts.add(archive());
		}
		if (!archive || Files.exists(layout())) {
			parts.add(layout());
		}
		try {
			StringBuilder stamp = new StringBuilder();
			for (Path part : parts) {
				stamp.append(Application.stamp(part)).append('\n');
			}
			return stamp.toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	// The directory alone is no protection once it was opened to readers
	private static void requireOwn(Path part) throws IOException {
		if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
			try (Stream<Path> files = Files.walk(part)) {
				for (Path file : files.toList()) {
					CacheHome.requireOwnFile(file);
				}
			}
		}
	}

	private Manifest look() throws IOException {
		return Manifest.of(this.directory, layout(), archive());
	}

	/**
	 * Put something that was made in this directory under a temporary name in its place.
	 * @param made what was made
	 * @param place where it belongs
	 * @throws IOException if that fails
	 */
	void put(Path made, Path place) throws IOException {
		CacheHome.keepOwn(made);
		Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
		Path manifest = temporary("manifest");
		look().write(manifest);
		CacheHome.keepOwn(manifest);
		Files.move(manifest, manifest(), StandardCopyOption.ATOMIC_MOVE);
	}

	String key() {
		return this.directory.getFileName().toString();
	}

	/**
	 * Delete what was left by somebody who was killed while making something.
	 * @throws IOException if that fails
	 */
	void sweep() throws IOException {
		try (DirectoryStream<Path> left = Files.newDirectoryStream(this.directory, ".*")) {
			for (Path path : left) {
				delete(path);
			}
		}
	}

	/**
	 * Delete all that is in this directory, which nobody may use.
	 * @throws IOException if that fails
	 */
	void clear() throws IOException {
		delete(manifest());
		delete(layout());
		delete(archive());
		// As long as anything is left of it, it is still known why
		delete(badMark().file());
	}

	/**
	 * Return a name that no other process uses.
	 * @param name a part of it
	 * @return the path
	 */
	Path temporary(String name) {
		return this.directory.resolve(".%s-%d".formatted(name, ProcessHandle.current().pid()));
	}

	/**
	 * Delete a file, or a directory with all that is in it.
	 * @param path the path, {@code null} for nothing
	 * @throws IOException if that fails
	 */
	static void delete(@Nullable Path path) throws IOException {
		if (path == null || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
			try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
				for (Path child : children) {
					delete(child);
				}
			}
		}
		Files.delete(path);
	}

	/**
	 * What there is in a cache.
	 *
	 * @param layout whether there is an extracted layout
	 * @param archive whether there is an archive
	 */
	record Content(boolean layout, boolean archive) {

		static final Content NOTHING = new Content(false, false);

		boolean isNothing() {
			return equals(NOTHING);
		}

	}

}
