package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the caches of a user small: the three that were made or changed last, if they are
 * not larger than 1 GB together, and those in use.
 */
final class Pruning {

	private static final int KEPT = 3;

	private static final long MAX_BYTES = 1L << 30;

	private final CacheHome home;

	Pruning(CacheHome home) {
		this.home = home;
	}

	/**
	 * Delete what is too much.
	 * @param key the cache that is kept in any case
	 * @throws IOException if that fails
	 */
	void prune(String key) throws IOException {
		List<Path> caches;
		try (Stream<Path> files = Files.list(this.home.directory())) {
			caches = files.filter((path) -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
				.sorted(Comparator.comparing(Pruning::changed).reversed())
				.toList();
		}
		int kept = 0;
		long bytes = 0;
		for (Path cache : caches) {
			bytes += size(cache);
			kept++;
			if (!cache.getFileName().toString().equals(key) && (kept > KEPT || bytes > MAX_BYTES)) {
				delete(cache);
			}
		}
	}

	private static long changed(Path cache) {
		try {
			return Files.getLastModifiedTime(cache).toMillis();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static long size(Path cache) throws IOException {
		long bytes = 0;
		try (Stream<Path> files = Files.walk(cache)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				bytes += Files.size(file);
			}
		}
		return bytes;
	}

	private void delete(Path cache) throws IOException {
		String key = cache.getFileName().toString();
		try (EntryLock lock = EntryLock.prune(this.home, key); EntryLock make = EntryLock.make(this.home, key)) {
			if (lock != null && make != null) {
				CacheEntry.delete(cache);
				Files.deleteIfExists(this.home.directory().resolve(key + ".make"));
				Files.deleteIfExists(this.home.directory().resolve(key + ".use"));
			}
		}
	}

}
