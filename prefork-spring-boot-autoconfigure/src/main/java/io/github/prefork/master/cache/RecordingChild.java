package io.github.prefork.master.cache;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Says which child records itself: one after each choice, as long as there is no archive,
 * and with an AOT cache nothing to make one of.
 */
final class RecordingChild {

	/** Whichever child is launched first. */
	static final int ANY = -3;

	private final int slot;

	private final CacheHome home;

	private final Chooser chooser;

	/** Whether the next child in the slot may record itself. */
	private boolean due;

	/** What the last one records itself for. */
	private @Nullable CacheEntry recorded;

	/**
	 * Create an instance.
	 * @param slot the slot of the child, {@link #ANY}, or {@link StartupCache#NONE} if
	 * none may record
	 * @param home the directory of all caches
	 * @param chooser chooses the cache
	 */
	RecordingChild(int slot, CacheHome home, Chooser chooser) {
		this.slot = slot;
		this.home = home;
		this.chooser = chooser;
	}

	/**
	 * It was chosen anew how children are started.
	 */
	void chosen() {
		this.due = true;
	}

	/**
	 * Find out whether the next child records itself.
	 * @param choice how it is started
	 * @param slot its slot
	 * @return what it records itself for, {@code null} if it does not
	 */
	@Nullable CacheEntry next(Choice choice, int slot) {
		if (!this.due || (slot != this.slot && this.slot != ANY) || choice.hasArchive()) {
			return null;
		}
		this.due = false;
		try {
			CacheEntry entry = (CacheEntry.AOT) ? toRecord(choice) : toList(choice.application());
			if (entry == null || entry.equals(this.recorded) || new Recordings(entry).suffice()) {
				return null;
			}
			this.recorded = entry;
			return entry;
		}
		catch (IOException | RuntimeException ex) {
			// Whoever makes the cache says so
			return null;
		}
	}

	// The list is of no layout, and nothing is lost if the cache is pruned meanwhile
	private @Nullable CacheEntry toList(@Nullable Application application) throws IOException {
		if (application == null) {
			return null;
		}
		this.home.open();
		CacheEntry entry = this.home.entry(application.key());
		CacheHome.makeOwn(entry.directory());
		// There most likely is an archive, which is still to be verified
		return (entry.isUnread()) ? null : entry;
	}

	private @Nullable CacheEntry toRecord(Choice choice) throws IOException {
		return (choice.entry() != null) ? choice.entry() : ordinary(choice.application());
	}

	// There is nothing to extract before
	private @Nullable CacheEntry ordinary(@Nullable Application application) throws IOException {
		if (application == null || application.fatJar() != null) {
			return null;
		}
		this.home.open();
		CacheEntry entry = this.home.entry(application.key());
		CacheHome.makeOwn(entry.directory());
		if (entry.isMade() || new Recordings(entry).suffice()) {
			// What was made and can't be used has to be cleared before
			return null;
		}
		return this.chooser.use(entry) ? entry : null;
	}

}
