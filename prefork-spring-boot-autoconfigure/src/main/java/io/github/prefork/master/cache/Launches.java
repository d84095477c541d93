package io.github.prefork.master.cache;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The launches that have not come to an end, and whether the cache is to blame for one
 * that failed: it is, if a child that was launched without it after that is ready.
 */
final class Launches {

	/** Those that were made from the cache. */
	private final Map<Long, Choice> pending = new HashMap<>();

	/** The caches that children run from, or record themselves for, while they live. */
	private final Map<Long, CacheEntry> used = new HashMap<>();

	/** Those that were made plainly since there is a suspect. */
	private final Set<Long> trials = new HashSet<>();

	private final Consumer<String> log;

	/** What was given up, until it shows whether it was to blame. */
	private @Nullable CacheEntry suspect;

	Launches(Consumer<String> log) {
		this.log = log;
	}

	/**
	 * A child is launched.
	 * @param launch the number of its launch
	 * @param choice how it is started, {@code null} if plainly
	 * @param entry the cache that it uses as long as it lives, {@code null} if none
	 */
	void begun(long launch, @Nullable Choice choice, @Nullable CacheEntry entry) {
		if (entry != null) {
			this.used.put(launch, entry);
		}
		if (choice != null) {
			this.pending.put(launch, choice);
		}
		else if (this.suspect != null) {
			this.trials.add(launch);
		}
	}

	/**
	 * A child was not ready.
	 * @param launch the number of its launch
	 * @return how it was started, {@code null} if plainly
	 */
	@Nullable Choice failed(long launch) {
		if (this.trials.contains(launch)) {
			// Without the cache it is no better
			suspect(null);
		}
		return this.pending.remove(launch);
	}

	/**
	 * A child is ready.
	 * @param launch the number of its launch
	 * @return how it was started, {@code null} if plainly
	 */
	@Nullable Choice ready(long launch) {
		Choice choice = this.pending.remove(launch);
		CacheEntry entry = this.suspect;
		if (entry != null && choice != null && entry.equals(choice.entry())) {
			suspect(null);
		}
		else if (entry != null && this.trials.contains(launch)) {
			suspect(null);
			markBad(entry, "A child is ready without the start-up cache %s, after one was not with it"
				.formatted(entry.directory()));
		}
		return choice;
	}

	/**
	 * A child has ended, or could not be launched.
	 * @param launch the number of its launch
	 */
	void forget(long launch) {
		this.pending.remove(launch);
		this.trials.remove(launch);
		this.used.remove(launch);
	}

	/**
	 * Return whether a child that has not ended uses a cache.
	 * @param key the name of the cache
	 * @return whether one does
	 */
	boolean use(String key) {
		return this.used.values().stream().anyMatch((entry) -> entry.key().equals(key));
	}

	/**
	 * It was chosen anew how children are started: what was suspected may be tried again.
	 */
	void chosen() {
		suspect(null);
	}

	void suspect(@Nullable CacheEntry entry) {
		this.suspect = entry;
		this.trials.clear();
	}

	/**
	 * Have no fleet use a cache any more, and say so.
	 * @param entry the cache
	 * @param why the reason, the beginning of a sentence
	 */
	void markBad(CacheEntry entry, String why) {
		try {
			entry.badMark().set();
			this.log.accept(why + ": no fleet uses it from now on; " + BadMark.ANEW);
		}
		catch (IOException ex) {
			this.log.accept(why + ": this fleet does not use it from now on. It can't be marked as bad for others: "
					+ NoCacheException.words(ex));
		}
	}

}
