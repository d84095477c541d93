package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Keeps the caches of a user small: the three that were made or changed last, if they are
 * not larger than 1 GB together, and those in use. Another master may delete something
 * meanwhile.
 */
final class Pruning {

	private static final int KEPT = 3;

	private static final long MAX_BYTES = 1L << 30;

	/** A start that has not made anything of its directory by then never will. */
	private static final Duration BEGUN = Duration.ofHours(1);

	private static final Log logger = LogFactory.getLog(Pruning.class);

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
			try {
				boolean tooMuch;
				if (this.home.entry(cache.getFileName().toString()).isMade()) {
					bytes += size(cache);
					kept++;
					tooMuch = kept > KEPT || bytes > MAX_BYTES;
				}
				else {
					tooMuch = changed(cache) < System.currentTimeMillis() - patience(cache).toMillis();
				}
				if (tooMuch && !cache.getFileName().toString().equals(key)) {
					delete(cache);
				}
			}
			catch (IOException | DirectoryIteratorException ex) {
				// It may belong to somebody else; the others can be deleted all the same
				logger.debug(LogMessage.format("%s could not be pruned", cache), ex);
			}
		}
	}

	private Duration patience(Path cache) throws IOException {
		// Of a recording something can be made at the next start
		return (CacheEntry.AOT && new Recordings(new CacheEntry(cache)).suffice()) ? Recordings.FORGOTTEN : BEGUN;
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
		AtomicLong bytes = new AtomicLong();
		Files.walkFileTree(cache, new SimpleFileVisitor<Path>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				bytes.addAndGet(attributes.size());
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) {
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
				return FileVisitResult.CONTINUE;
			}

		});
		return bytes.get();
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
