package io.github.prefork.master.cache;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The launches that were made from the cache and have not come to an end, and whether the
 * cache is to blame for those that failed: it is, if the next child that is ready was
 * started without it.
 */
final class Launches {

	private final Map<Long, Choice> pending = new HashMap<>();

	private final Consumer<String> log;

	/** What was given up, until it shows whether it was to blame. */
	private @Nullable CacheEntry suspect;

	Launches(Consumer<String> log) {
		this.log = log;
	}

	void begun(long launch, Choice choice) {
		this.pending.put(launch, choice);
	}

	/**
	 * A child was not ready.
	 * @param launch the number of its launch
	 * @return how it was started, {@code null} if plainly
	 */
	@Nullable Choice failed(long launch) {
		Choice choice = this.pending.remove(launch);
		if (choice == null) {
			// Without the cache it is no better
			this.suspect = null;
		}
		return choice;
	}

	/**
	 * A child is ready.
	 * @param launch the number of its launch, {@code null} if it is not known
	 * @return how it was started, {@code null} if plainly
	 */
	@Nullable Choice ready(@Nullable Long launch) {
		Choice choice = (launch != null) ? this.pending.remove(launch) : null;
		CacheEntry entry = this.suspect;
		this.suspect = null;
		if (entry != null && choice == null) {
			markBad(entry);
		}
		return choice;
	}

	void suspect(CacheEntry entry) {
		this.suspect = entry;
	}

	void markBad(CacheEntry entry) {
		try {
			entry.badMark().set();
		}
		catch (IOException ex) {
			this.log.accept("The start-up cache can't be marked as bad: " + NoCacheException.words(ex));
		}
	}

}
