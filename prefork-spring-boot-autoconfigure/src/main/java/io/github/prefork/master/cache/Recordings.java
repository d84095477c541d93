package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What JVMs have recorded of themselves, for an archive to be made of. With an AOT cache
 * a JVM writes it when it ends. Before Java 25 it is a list that a JVM writes while it
 * loads classes, and that is of use while it lives.
 *
 * @param entry the cache that they belong to
 */
record Recordings(CacheEntry entry) {

	private static final String NAMES = "recorded-*";

	private static final String LIST_OPTION = "-XX:DumpLoadedClassList=";

	/** Of several short lives one list is as good as all. */
	private static final int ENOUGH_LISTS = 3;

	/** A file that nobody has written to for so long is complete, or will never be. */
	private static final long SETTLED = 2000;

	/**
	 * A JVM makes the file when it starts. How long it lives can't be known, not even
	 * whether it lives: it may run in another container.
	 */
	static final Duration FORGOTTEN = Duration.ofDays(7);

	/**
	 * Return the options of a JVM that records itself.
	 * @param launch the number of its launch
	 * @return the options
	 */
	List<String> options(long launch) {
		// In each of several containers the master may have the same process id
		String name = "%d-%d-%08x".formatted(ProcessHandle.current().pid(), launch,
				ThreadLocalRandom.current().nextInt());
		Path file = this.entry.directory().resolve("recorded-" + name);
		return (CacheEntry.AOT) ? recording(file, "-Xlog:aot*=off", "-Xlog:cds*=off") : List.of(LIST_OPTION + file);
	}

	/**
	 * Return the options of a JVM that records what an AOT cache is made of.
	 * @param file where it writes what it has recorded
	 * @param others other options
	 * @return all options
	 */
	static List<String> recording(Path file, String... others) {
		List<String> options = CompilerPatience.with(others);
		options.addAll(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file));
		options.addAll(ArchivePlace.drawn());
		return options;
	}

	/**
	 * Return whether no other JVM has to record itself.
	 * @return whether there is enough to make an archive of
	 * @throws IOException if the directory can't be read
	 */
	boolean suffice() throws IOException {
		return (CacheEntry.AOT) ? find() != null : all().size() >= ENOUGH_LISTS;
	}

	/**
	 * Read what lists say of classes that are made at run time.
	 * @return the lines
	 * @throws IOException if a list can't be read
	 */
	Collection<String> madeClasses() throws IOException {
		Set<String> lines = new LinkedHashSet<>();
		for (Path file : all()) {
			lines.addAll(ClassList.madeAtRunTime(read(file)));
		}
		return lines;
	}

	/**
	 * Read the list of a JVM that has ended.
	 * @param list the file
	 * @return all that can go into an archive
	 * @throws IOException if the list can't be read
	 */
	static Collection<String> classes(Path list) throws IOException {
		return ClassList.ofList(read(list));
	}

	// A JVM writes names as it has them, which need not be UTF-8
	private static String read(Path list) throws IOException {
		return Files.readString(list, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Find a recording of a JVM that has ended, or is about to.
	 * @return the file, which may still be written to; {@code null} if there is none
	 * @throws IOException if the directory can't be read
	 */
	@Nullable Path find() throws IOException {
		for (Path file : all()) {
			// A JVM makes an empty file when it starts
			if (Files.size(file) > 0) {
				return file;
			}
		}
		return null;
	}

	private List<Path> all() throws IOException {
		List<Path> all = new ArrayList<>();
		if (Files.isDirectory(this.entry.directory())) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(this.entry.directory(), NAMES)) {
				files.forEach(all::add);
			}
		}
		return all;
	}

	/**
	 * Wait until nobody writes to a recording any more.
	 * @return the file, {@code null} if there is none
	 * @throws IOException if the directory can't be read
	 * @throws InterruptedException if interrupted
	 */
	@Nullable Path await() throws IOException, InterruptedException {
		Path file = find();
		while (file != null
				&& Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minusMillis(SETTLED))) {
			TimeUnit.MILLISECONDS.sleep(SETTLED);
		}
		return file;
	}

	/**
	 * Delete those that nothing was made of for a long time: lists, and files that are
	 * still empty. If one of these JVMs does live, it records for nothing.
	 * @throws IOException if that fails
	 */
	void sweep() throws IOException {
		for (Path file : all()) {
			if ((!CacheEntry.AOT || Files.size(file) == 0)
					&& Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(FORGOTTEN))) {
				Files.deleteIfExists(file);
			}
		}
	}

	/**
	 * Delete all of them.
	 * @throws IOException if that fails
	 */
	void clear() throws IOException {
		for (Path file : all()) {
			Files.deleteIfExists(file);
		}
	}

}
