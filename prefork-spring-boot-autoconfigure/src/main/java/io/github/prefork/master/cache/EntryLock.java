package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A lock of this process on a cache, gone at the latest when the process ends.
 *
 * @param file the file
 * @param channel the file, open
 */
record EntryLock(Path file, FileChannel channel) implements AutoCloseable {

	/**
	 * What this process has locked: by closing such a file once more it would let go of
	 * the lock.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	/**
	 * Say that a cache is in use, so that it is not pruned.
	 * @param home the directory of all caches
	 * @param key the name of the cache
	 * @return the lock, {@code null} if the cache is being pruned
	 * @throws IOException if the file can't be locked
	 */
	static @Nullable EntryLock use(CacheHome home, String key) throws IOException {
		return lock(home.directory().resolve(key + ".use"), true);
	}

	/**
	 * Make sure that nobody uses a cache.
	 * @param home the directory of all caches
	 * @param key the name of the cache
	 * @return the lock, {@code null} if somebody does
	 * @throws IOException if the file can't be locked
	 */
	static @Nullable EntryLock prune(CacheHome home, String key) throws IOException {
		return lock(home.directory().resolve(key + ".use"), false);
	}

	/**
	 * Be the only one that makes something in a cache.
	 * @param home the directory of all caches
	 * @param key the name of the cache
	 * @return the lock, {@code null} if another master has it
	 * @throws IOException if the file can't be locked
	 */
	static @Nullable EntryLock make(CacheHome home, String key) throws IOException {
		return lock(home.directory().resolve(key + ".make"), false);
	}

	private static @Nullable EntryLock lock(Path file, boolean shared) throws IOException {
		EntryLock lock = null;
		if (HELD.add(file)) {
			try {
				lock = open(file, shared);
			}
			finally {
				if (lock == null) {
					HELD.remove(file);
				}
			}
		}
		return lock;
	}

	private static @Nullable EntryLock open(Path file, boolean shared) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		FileLock lock = null;
		try {
			lock = channel.tryLock(0, Long.MAX_VALUE, shared);
		}
		catch (OverlappingFileLockException ex) {
			// Another fleet of this JVM has it, with classes of its own
		}
		finally {
			if (lock == null) {
				channel.close();
			}
		}
		return (lock != null) ? new EntryLock(file, channel) : null;
	}

	/**
	 * Return whether others see it.
	 * @return whether nobody has deleted the file
	 */
	boolean isStillThere() {
		return Files.exists(this.file);
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

}
