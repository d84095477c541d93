package io.github.prefork.master.cache;

import java.util.List;

import io.github.prefork.master.cache.CacheEntry.Content;
import io.github.prefork.master.command.StartForm;
import org.jspecify.annotations.Nullable;

/**
 * How the children of a fleet are started, until the next rollout of all slots.
 *
 * @param words some words that follow "children are started"
 * @param application what a cache is or can be made for, {@code null} if none can be
 * @param entry the cache that is used, {@code null} if none is
 * @param form what differs from the plain command
 * @param stamp what the cache was like before it was verified
 */
record Choice(String words, @Nullable Application application, @Nullable CacheEntry entry, StartForm form,
		String stamp) {

	static Choice plain(String words) {
		return new Choice(words, null, null, StartForm.PLAIN, "");
	}

	static Choice toBeMade(String words, Application application) {
		return new Choice(words, application, null, StartForm.PLAIN, "");
	}

	static Choice cached(String words, Application application, CacheEntry entry, Content content, String stamp) {
		return new Choice(words, application, entry, form(application, entry, content.archive()), stamp);
	}

	/**
	 * Return how children run from a cache.
	 * @param application the application
	 * @param entry the cache
	 * @param archive whether with its archive
	 * @return what differs from the plain command
	 */
	static StartForm form(Application application, CacheEntry entry, boolean archive) {
		return new StartForm(archive ? options(application, entry) : List.of(), (application.fatJar() != null)
				? List.of("-jar", entry.jar(application.fatJar()).toString()) : List.of());
	}

	private static List<String> options(Application application, CacheEntry entry) {
		List<String> options = CompilerPatience.with(CacheEntry.ARCHIVE_OPTION + entry.archive());
		if (!application.ownPlace()) {
			options.addAll(ArchivePlace.kept());
		}
		return options;
	}

	boolean hasArchive() {
		return !this.form.options().isEmpty();
	}

	/**
	 * Return whether the jar of the user still is the one that was looked at.
	 * @return whether it is, as far as its size and times tell
	 */
	boolean isStillThere() {
		return this.application != null && this.application.isStillThere();
	}

	/**
	 * Return whether the cache still is the one that was looked at.
	 * @return whether it is, as far as sizes and times tell, or whether none is used
	 */
	boolean isCacheStillThere() {
		return this.entry == null || this.entry.stamp(hasArchive()).equals(this.stamp);
	}

}
