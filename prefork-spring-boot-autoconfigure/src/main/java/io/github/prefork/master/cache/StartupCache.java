package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.github.prefork.ChildReady;
import io.github.prefork.FleetReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.ChildStart;
import io.github.prefork.master.command.StartForm;
import org.jspecify.annotations.Nullable;

/**
 * The start-up cache of a fleet: says how children are started, and has what is missing
 * made in the background. All slots change together: what is used is decided at the start
 * and at each rollout of all slots. All but {@link #close()} and {@link #summary()} are
 * called by the thread of the supervisor.
 */
public final class StartupCache implements AutoCloseable {

	/** No slot, and not that of a standby either. */
	public static final int NONE = -2;

	private static final String TO_BE_MADE = "plain; the start-up cache is made in the background";

	private final StartupCacheMode mode;

	private final IntSupplier recordingSlot;

	private final Supplier<ChildStart> start;

	private final CacheHome home;

	private final Consumer<String> log;

	private final Maker maker;

	/** By the names of the caches. A process can lock each of them once. */
	private final Map<String, EntryLock> locks = new ConcurrentHashMap<>();

	/** The launches that were made from the cache. */
	private final Set<Long> launches = new HashSet<>();

	private volatile @Nullable Choice choice;

	/** The JVM of the child that was the last to become ready. */
	private long lastReady;

	/** Where the next child is launched that records itself. */
	private int recordedSlot = NONE;

	/** What the last one records itself for. */
	private @Nullable CacheEntry recordedEntry;

	/** What was given up, until it shows whether it was to blame. */
	private @Nullable CacheEntry suspect;

	StartupCache(StartupCacheMode mode, IntSupplier recordingSlot, Supplier<ChildStart> start, CacheHome home,
			Maker maker, Consumer<String> log) {
		this.mode = mode;
		this.recordingSlot = recordingSlot;
		this.start = start;
		this.home = home;
		this.maker = maker;
		this.log = log;
	}

	/**
	 * Create the cache of a fleet of this JVM.
	 * @param mode how it is made
	 * @param recordingSlot tells the slot whose child may take some seconds longer to
	 * end, because it records what an archive is made of; {@link #NONE} if no child may
	 * @param commands the commands of the children
	 * @param log takes what the operator is told
	 * @return the cache
	 */
	public static StartupCache ofThisJvm(StartupCacheMode mode, IntSupplier recordingSlot, ChildCommandFactory commands,
			Consumer<String> log) {
		CacheHome home = CacheHome.of(System.getenv(), System.getProperty("user.home", "/nonexistent"));
		return new StartupCache(mode, recordingSlot, commands::start, home,
				new BackgroundMaker(mode, commands, home, log), log);
	}

	/**
	 * Return how the next child is to be started.
	 * @param launch the number of its launch
	 * @param slot its slot
	 * @return what differs from the plain command
	 */
	public StartForm next(long launch, int slot) {
		Choice choice = this.choice;
		if (choice == null) {
			choice = choose();
		}
		if (!choice.isStillThere()) {
			return StartForm.PLAIN;
		}
		CacheEntry recorded = (this.recordedSlot == slot && !choice.hasArchive()) ? recordable(choice) : null;
		if (choice.entry() == null && recorded == null) {
			return StartForm.PLAIN;
		}
		this.launches.add(launch);
		if (recorded != null) {
			this.recordedSlot = NONE;
			this.recordedEntry = recorded;
			String name = ProcessHandle.current().pid() + "-" + launch;
			return new StartForm(new Recordings(recorded).options(name), choice.form().target());
		}
		return choice.form();
	}

	private @Nullable CacheEntry recordable(Choice choice) {
		Application application = choice.application();
		if (choice.entry() != null || application == null || application.fatJar() != null) {
			return choice.entry();
		}
		try {
			// There is nothing to extract before
			CacheEntry entry = this.home.entry(application.key());
			CacheHome.makeOwn(entry.directory());
			boolean recorded = entry.equals(this.recordedEntry) || new Recordings(entry).find() != null;
			return (!recorded && use(entry.key())) ? entry : null;
		}
		catch (IOException ex) {
			// Whoever makes the cache says so
			return null;
		}
	}

	private Choice choose() {
		boolean records = CacheEntry.AOT && this.mode == StartupCacheMode.AUTO;
		this.recordedSlot = records ? this.recordingSlot.getAsInt() : NONE;
		Choice choice = (this.mode != StartupCacheMode.OFF) ? look() : Choice.plain("the start-up cache is off");
		this.choice = choice;
		if (this.mode != StartupCacheMode.OFF) {
			this.log.accept("Children are started " + choice.words());
		}
		return choice;
	}

	private Choice look() {
		try {
			Application application = Application.look(this.start.get());
			if (!Files.exists(this.home.directory(), LinkOption.NOFOLLOW_LINKS)) {
				// Whoever makes something makes it too
				return Choice.toBeMade(TO_BE_MADE, application);
			}
			this.home.open();
			return look(application, this.home.entry(application.key()));
		}
		catch (NoCacheException ex) {
			return Choice.plain("without a start-up cache: " + ex.getMessage());
		}
		catch (IOException | RuntimeException ex) {
			return Choice.plain("without the start-up cache: " + reason(ex));
		}
	}

	private static String reason(Exception failure) {
		// Many of these have no more than the name of the file
		return failure.getClass().getSimpleName() + " " + failure.getMessage();
	}

	private Choice look(Application application, CacheEntry entry) {
		if (entry.isBad()) {
			return Choice
				.plain("without the start-up cache: children did not start with it before (" + entry.directory() + ")");
		}
		try {
			CacheEntry.Content content = entry.verify();
			if (!content.isNothing() && use(application.key())) {
				boolean recorded = entry.equals(this.recordedEntry) || new Recordings(entry).find() != null;
				this.recordedSlot = recorded ? NONE : this.recordedSlot;
				return Choice.cached(application, entry, content);
			}
			return Choice.toBeMade(TO_BE_MADE, application);
		}
		catch (IOException ex) {
			return Choice.toBeMade("without the start-up cache, which is made anew: " + ex.getMessage(), application);
		}
	}

	private boolean use(String key) throws IOException {
		if (this.locks.containsKey(key) || !Files.isWritable(this.home.directory())) {
			// Where this process can't write nobody can prune either
			return true;
		}
		EntryLock lock = EntryLock.use(this.home, key);
		if (lock != null) {
			this.locks.put(key, lock);
		}
		return lock != null;
	}

	/**
	 * A child that was launched has ended, or was ended, before it was ready.
	 * @param launch the number of its launch
	 * @return whether it was started from the cache, and the next one will not be
	 */
	public boolean discard(long launch) {
		Choice choice = this.choice;
		if (!this.launches.remove(launch)) {
			// Without the cache it is no better
			this.suspect = null;
			return false;
		}
		if (choice != null && choice.entry() != null) {
			this.suspect = choice.entry();
			this.choice = Choice.plain("without the start-up cache, with which a child did not start");
			this.log.accept("A child that was started from the start-up cache was not ready: children are started "
					+ "without it from now on");
		}
		return true;
	}

	/**
	 * Take note of what happens in the fleet.
	 * @param event the event
	 * @param processes the processes of the children
	 */
	public void happened(PreforkEvent event, Processes processes) {
		if (event instanceof RolloutStarted rollout && rollout.cause() == RolloutCause.RESTART) {
			choose();
		}
		else if (event instanceof ChildReady ready) {
			this.lastReady = processes.jvmOf(ready.pid());
			Long launch = processes.launchOf(ready.pid());
			judge(launch != null && this.launches.remove(launch));
		}
		else if (event instanceof FleetReady || event instanceof RolloutFinished) {
			make();
		}
	}

	private void judge(boolean readyWithCache) {
		CacheEntry entry = this.suspect;
		this.suspect = null;
		if (entry != null && !readyWithCache) {
			markBad(entry);
		}
		Choice choice = this.choice;
		if (readyWithCache && choice != null && choice.entry() != null && choice.hasArchive()
				&& !choice.entry().isMapped(this.lastReady)) {
			markBad(choice.entry());
			this.choice = Choice.plain("without the start-up cache, which the JVM does not accept");
			this.log.accept("The JVM does not accept the start-up cache " + choice.entry().directory()
					+ ": children are started without it from now on");
		}
	}

	private void markBad(CacheEntry entry) {
		try {
			entry.markBad();
		}
		catch (IOException ex) {
			this.log.accept("The start-up cache can't be marked as bad: " + ex.getMessage());
		}
	}

	private void make() {
		Choice choice = this.choice;
		if (choice != null && choice.application() != null && !choice.hasArchive()) {
			this.maker.begin(choice.application(), this.lastReady);
		}
	}

	/**
	 * Return how children are started now.
	 * @return some words that follow "children are started"
	 */
	public String summary() {
		Choice choice = this.choice;
		return (choice != null) ? choice.words() : "plain";
	}

	/**
	 * End what is being made, and leave the cache to others.
	 */
	@Override
	public void close() {
		this.maker.close();
		this.locks.values().forEach(EntryLock::close);
	}

	/**
	 * The processes of the children.
	 */
	public interface Processes {

		/**
		 * Find a launch.
		 * @param pid the process id that it was launched with
		 * @return the number of the launch, {@code null} if no such child lives
		 */
		@Nullable Long launchOf(long pid);

		/**
		 * Find the JVM of a child, behind the wrapper that it may have.
		 * @param pid the process id that it was launched with
		 * @return the process id of the JVM
		 */
		long jvmOf(long pid);

	}

}
