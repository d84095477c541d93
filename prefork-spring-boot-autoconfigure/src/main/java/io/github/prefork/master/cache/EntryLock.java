package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A lock of this process on a cache, gone at the latest when the process ends. Its file
 * is deleted with the cache, and another one may take its place.
 *
 * @param file the file
 * @param channel the file, open
 * @param identity what no other file has as long as this one is open
 */
record EntryLock(Path file, FileChannel channel, Object identity) implements AutoCloseable {

	/** More than there are likely to be masters that prune within a moment. */
	private static final int ATTEMPTS = 10;

	private static final String IDENTITY = "fileKey";

	/**
	 * What this process has locked: by closing such a file once more it would let go of
	 * the lock.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	/**
	 * Files that another fleet of this JVM has locked, with classes of its own. They stay
	 * open for the same reason, by what no other file has.
	 */
	private static final Map<Object, FileChannel> KEPT = new ConcurrentHashMap<>();

	/**
	 * Say that a cache is in use, so that it is not pruned.
	 * @param home the directory of all caches
	 * @param key the name of the cache
	 * @return the lock, {@code null} if the cache is being pruned
	 * @throws IOException if the file can't be locked
	 */
	static @Nullable EntryLock use(CacheHome home, String key) throws IOException {
		return lock(home.directory().resolve(key + ".use"), true, EntryLock::open);
	}

	/**
	 * Make sure that nobody uses a cache.
	 * @param home the directory of all caches
	 * @param key the name of the cache
	 * @return the lock, {@code null} if somebody does
	 * @throws IOException if the file can't be locked
	 */
	static @Nullable EntryLock prune(CacheHome home, String key) throws IOException {
		return lock(home.directory().resolve(key + ".use"), false, EntryLock::open);
	}

	/**
	 * Be the only one that makes something in a cache.
	 * @param home the directory of all caches
	 * @param key the name of the cache
	 * @return the lock, {@code null} if another master has it
	 * @throws IOException if the file can't be locked
	 */
	static @Nullable EntryLock make(CacheHome home, String key) throws IOException {
		return lock(home.directory().resolve(key + ".make"), false, EntryLock::open);
	}

	static @Nullable EntryLock lock(Path file, boolean shared, Opening opening) throws IOException {
		EntryLock lock = null;
		if (HELD.add(file)) {
			try {
				lock = tryLock(file, shared, opening);
			}
			finally {
				if (lock == null) {
					HELD.remove(file);
				}
			}
		}
		return lock;
	}

	private static @Nullable EntryLock tryLock(Path file, boolean shared, Opening opening) throws IOException {
		for (int i = 0; i < ATTEMPTS; i++) {
			Map<String, Object> before = look(file);
			FileChannel channel = channel(file, before, opening);
			boolean keep = false;
			try {
				if (channel.tryLock(0, Long.MAX_VALUE, shared) == null) {
					return null;
				}
				// Otherwise it may have been deleted before it was locked, and is no
				// lock for those who come later
				keep = isStill(file, before);
				if (keep) {
					return new EntryLock(file, channel, Objects.requireNonNull(before.get(IDENTITY)));
				}
			}
			catch (OverlappingFileLockException ex) {
				keep = true;
				KEPT.put(isStill(file, before) ? Objects.requireNonNull(before.get(IDENTITY)) : new Object(), channel);
				return null;
			}
			finally {
				if (!keep) {
					channel.close();
				}
			}
		}
		return null;
	}

	private static FileChannel channel(Path file, Map<String, Object> look, Opening opening) throws IOException {
		FileChannel kept = look.isEmpty() ? null : KEPT.remove(Objects.requireNonNull(look.get(IDENTITY)));
		return (kept != null) ? kept : opening.open(file);
	}

	private static boolean isStill(Path file, Map<String, Object> before) throws IOException {
		return !before.isEmpty() && before.equals(look(file));
	}

	private static FileChannel open(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
	}

	// Without opening it, which would end in letting go of the lock
	private static Map<String, Object> look(Path file) throws IOException {
		try {
			// The number of a file that was deleted can be that of a new one
			return Files.readAttributes(file, "unix:ctime," + IDENTITY);
		}
		catch (NoSuchFileException ex) {
			return Map.of();
		}
	}

	/**
	 * Return whether others see it.
	 * @return whether nobody has deleted the file, or replaced it
	 */
	boolean isStillThere() {
		try {
			return this.identity.equals(look(this.file).get(IDENTITY));
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		if (!this.channel.isOpen()) {
			return;
		}
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// The lock ends with this process then
		}
		HELD.remove(this.file);
	}

	/**
	 * Opens a file.
	 */
	interface Opening {

		/**
		 * Open a file, and make it if it is missing.
		 * @param file the file
		 * @return the open file
		 * @throws IOException if it can't be opened
		 */
		FileChannel open(Path file) throws IOException;

	}

}
