package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.prefork.master.command.ChildStart;

/**
 * Decides how children are started, by what lies in the cache. What was chosen is not
 * pruned until it is released, or this is closed. Only {@link #close()} may be called by
 * any thread.
 */
final class Chooser implements AutoCloseable {

	/** What children are started without an archive for, if none will come. */
	private static final String NO_ARCHIVE = "an archive needs prefork.startup-cache=train, "
			+ "as prefork.shutdown.grace-period is too short for a child that records itself";

	private final Supplier<ChildStart> start;

	private final CacheHome home;

	private final boolean archiveComes;

	/** By the names of the caches. A process can lock each of them once. */
	private final Map<String, EntryLock> locks = new ConcurrentHashMap<>();

	/**
	 * Create a chooser.
	 * @param start how children are started plainly
	 * @param home the directory of all caches
	 * @param archiveComes whether what has no archive gets one without the user's help
	 */
	Chooser(Supplier<ChildStart> start, CacheHome home, boolean archiveComes) {
		this.start = start;
		this.home = home;
		this.archiveComes = archiveComes;
	}

	/**
	 * Look at the application and its cache as they are now.
	 * @param mayRead whether there is time to read an archive that this process does not
	 * know
	 * @return how children are started
	 */
	Choice choose(boolean mayRead) {
		try {
			Application application = Application.look(this.start.get());
			this.home.requireName();
			if (!Files.exists(this.home.directory(), LinkOption.NOFOLLOW_LINKS)) {
				// Whoever makes something makes it too
				return Choice.toBeMade(wordsOfTheFirst(application), application);
			}
			this.home.open();
			return choose(application, this.home.entry(application.key()), mayRead);
		}
		catch (NoCacheException ex) {
			return Choice.plain("without a start-up cache: " + ex.getMessage());
		}
		catch (IOException | RuntimeException ex) {
			return Choice.plain("without the start-up cache: " + NoCacheException.words(ex));
		}
	}

	private Choice choose(Application application, CacheEntry entry, boolean mayRead) {
		if (entry.badMark().isValid()) {
			return Choice.plain("without the start-up cache: children did not start with it before ("
					+ entry.directory() + "); " + BadMark.ANEW);
		}
		if (Files.exists(entry.directory(), LinkOption.NOFOLLOW_LINKS)) {
			try {
				CacheHome.requireOwn(entry.directory());
			}
			catch (IOException ex) {
				// Nothing is made in it either
				return Choice.plain("without the start-up cache: " + NoCacheException.words(ex));
			}
		}
		if (!mayRead && entry.isUnread()) {
			return Choice.toBeMade("plain; the start-up cache " + entry.directory()
					+ " is verified in the background, and used from the next rolling restart on", application);
		}
		String layout = entry.stamp(false);
		String all = entry.stamp(true);
		try {
			CacheEntry.Content content = entry.verify();
			Choice choice = Choice.cached(words(entry, content), application, entry, content,
					content.archive() ? all : layout);
			// Until it is in use it may be pruned
			return (!content.isNothing() && use(entry) && choice.isCacheStillThere()) ? choice
					: Choice.toBeMade(wordsOfTheFirst(application), application);
		}
		catch (IOException ex) {
			return Choice.toBeMade("without the start-up cache, which is made anew: " + NoCacheException.words(ex),
					application);
		}
	}

	private String words(CacheEntry entry, CacheEntry.Content content) {
		if (content.archive()) {
			return "from the start-up cache " + entry.directory();
		}
		return "from the extracted layout " + entry.layout() + "; "
				+ ((this.archiveComes) ? "its archive comes later" : NO_ARCHIVE);
	}

	private String wordsOfTheFirst(Application application) {
		if (this.archiveComes) {
			return "plain; the start-up cache is made in the background";
		}
		return "plain; " + ((application.fatJar() != null) ? "the jar is extracted in the background, " : "")
				+ NO_ARCHIVE;
	}

	/**
	 * Say that a cache is in use.
	 * @param entry the cache
	 * @return whether it can be used: it may be pruned just now, or have been
	 * @throws IOException if that can't be said
	 */
	boolean use(CacheEntry entry) throws IOException {
		EntryLock known = this.locks.get(entry.key());
		if (!Files.isWritable(this.home.directory()) || (known != null && known.isStillThere())) {
			// Where this process can't write nobody can prune either
			return Files.isDirectory(entry.directory());
		}
		if (known != null) {
			this.locks.remove(entry.key());
			known.close();
		}
		EntryLock lock = EntryLock.use(this.home, entry.key());
		if (lock == null) {
			return false;
		}
		if (!lock.isStillThere() || !Files.isDirectory(entry.directory())) {
			lock.close();
			return false;
		}
		this.locks.put(entry.key(), lock);
		return true;
	}

	/**
	 * Leave what no child uses any more to whoever wants to prune it or make it anew.
	 * @param used tells of the name of a cache whether it is still used
	 * @return whether anything was left to others
	 */
	boolean release(Predicate<String> used) {
		boolean released = false;
		for (String key : Set.copyOf(this.locks.keySet())) {
			EntryLock lock = (used.test(key)) ? null : this.locks.remove(key);
			if (lock != null) {
				lock.close();
				released = true;
			}
		}
		return released;
	}

	/**
	 * Return whether there is an archive that has to be read before it can be used.
	 * @param application what it is for
	 * @return whether there is
	 */
	boolean isUnread(Application application) {
		return this.home.entry(application.key()).isUnread();
	}

	@Override
	public void close() {
		this.locks.values().forEach(EntryLock::close);
	}

}
