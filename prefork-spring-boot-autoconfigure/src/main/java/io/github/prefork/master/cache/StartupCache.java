package io.github.prefork.master.cache;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.FleetReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
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

	private final StartupCacheMode mode;

	private final Consumer<String> log;

	private final Maker maker;

	private final Chooser chooser;

	private final RecordingChild recordingChild;

	private final Launches launches;

	private volatile @Nullable Choice choice;

	/** The JVM of the child that was the last to become ready. */
	private volatile long lastReady;

	StartupCache(StartupCacheMode mode, int recordingSlot, Supplier<ChildStart> start, CacheHome home, Maker maker,
			Consumer<String> log) {
		boolean records = CacheEntry.AOT && mode == StartupCacheMode.AUTO;
		int ofRecording = (records) ? recordingSlot : (CacheEntry.AOT) ? NONE : RecordingChild.ANY;
		this.mode = mode;
		this.log = log;
		this.maker = maker;
		this.chooser = new Chooser(start, home, !records || recordingSlot != NONE);
		this.recordingChild = new RecordingChild(ofRecording, home, this.chooser);
		this.launches = new Launches(log);
	}

	/**
	 * Create the cache of a fleet of this JVM.
	 * @param mode how it is made
	 * @param recordingSlot the slot whose child may take some seconds longer to end,
	 * because it records what an archive is made of; {@link #NONE} if no child may
	 * @param gracePeriod how long the children may take to end when the fleet stops
	 * @param commands the commands of the children
	 * @param log takes what the operator is told
	 * @return the cache
	 */
	public static StartupCache ofThisJvm(StartupCacheMode mode, int recordingSlot, Duration gracePeriod,
			ChildCommandFactory commands, Consumer<String> log) {
		CacheHome home = CacheHome.of(System.getenv(), System.getProperty("user.home", "/nonexistent"));
		return new StartupCache(mode, recordingSlot, () -> ChildStart.of(commands), home,
				new BackgroundMaker(mode, commands, home, new Tool(gracePeriod), log), log);
	}

	/**
	 * Return how the next child is to be started.
	 * @param launch the number of its launch
	 * @param slot its slot
	 * @return what differs from the plain command
	 */
	public StartForm next(long launch, int slot) {
		Choice choice = present();
		boolean there = choice.isStillThere();
		CacheEntry recorded = (there) ? this.recordingChild.next(choice, slot) : null;
		boolean plain = !there || choice.entry() == null && recorded == null;
		// A child that only lists its classes starts plainly
		boolean special = !plain && (choice.entry() != null || CacheEntry.AOT);
		CacheEntry used = (choice.entry() != null) ? choice.entry() : recorded;
		this.launches.begun(launch, (special) ? choice : null, (special) ? used : null);
		if (plain) {
			return StartForm.PLAIN;
		}
		return (recorded != null) ? new StartForm(new Recordings(recorded).options(launch), choice.form().target())
				: choice.form();
	}

	private Choice present() {
		Choice choice = this.choice;
		if (choice == null) {
			// Nobody is served yet, so there is time to read what is there
			return choose(true);
		}
		if (choice.isStillThere() && !choice.isCacheStillThere()) {
			this.log.accept("The start-up cache was changed or deleted: children are started without it until the "
					+ "next start or rolling restart");
			return giveUp("which was changed or deleted");
		}
		return choice;
	}

	private Choice choose(boolean mayRead) {
		this.recordingChild.chosen();
		this.launches.chosen();
		this.maker.reconsider();
		Choice choice = (this.mode != StartupCacheMode.OFF) ? this.chooser.choose(mayRead)
				: Choice.plain("the start-up cache is off");
		this.choice = choice;
		if (this.mode != StartupCacheMode.OFF) {
			this.log.accept("Children are started " + choice.words());
		}
		return choice;
	}

	/**
	 * A child that was launched has ended, or was ended by its master, before it was
	 * ready.
	 * @param launch the number of its launch
	 * @return whether it was started from the cache, and the next one will not be
	 */
	public boolean discard(long launch) {
		Choice started = this.launches.failed(launch);
		CacheEntry entry = (started != null) ? started.entry() : null;
		if (entry != null && isChosen(entry)) {
			this.launches.suspect(entry);
			this.log.accept("A child that was started from the start-up cache " + entry.directory()
					+ " was not ready: children are started without it from now on");
			giveUp("with which a child did not start");
		}
		return started != null;
	}

	private Choice giveUp(String reason) {
		Choice choice = Choice.plain("without the start-up cache, " + reason);
		this.choice = choice;
		return choice;
	}

	/**
	 * A child that was launched has ended, however that came, or could not be launched.
	 * @param launch the number of its launch
	 */
	public void forget(long launch) {
		this.launches.forget(launch);
	}

	// It may have been another one when the child was launched
	private boolean isChosen(CacheEntry entry) {
		Choice choice = this.choice;
		return choice != null && entry.equals(choice.entry());
	}

	/**
	 * Take note of what happens in the fleet.
	 * @param event the event
	 * @param processes the processes of the children
	 */
	public void happened(PreforkEvent event, Processes processes) {
		if (event instanceof RolloutStarted rollout && rollout.cause() == RolloutCause.RESTART) {
			choose(false);
		}
		else if (event instanceof ChildReady ready) {
			this.lastReady = processes.jvmOf(ready.pid());
			Long launch = processes.launchOf(ready.pid());
			check((launch != null) ? this.launches.ready(launch) : null);
		}
		else if (event instanceof RolloutFinished rollout) {
			finished(rollout);
		}
		else if (event instanceof FleetReady || event instanceof ChildRecovered
				|| (event instanceof RolloutFailed && isToBeVerified())) {
			make();
		}
	}

	private void check(@Nullable Choice started) {
		CacheEntry entry = (started != null && started.hasArchive()) ? started.entry() : null;
		if (entry == null || entry.isMapped(this.lastReady)) {
			return;
		}
		this.launches.markBad(entry, "The JVM does not accept the start-up cache " + entry.directory());
		if (isChosen(entry)) {
			giveUp("which the JVM does not accept");
		}
	}

	// No child runs any more from what was chosen before, so it can be made anew
	private void finished(RolloutFinished rollout) {
		Choice choice = this.choice;
		CacheEntry chosen = (choice != null) ? choice.entry() : null;
		if (rollout.cause() == RolloutCause.RESTART
				&& this.chooser.release((key) -> isOf(chosen, key) || this.launches.use(key))) {
			this.maker.reconsider();
		}
		make();
	}

	private static boolean isOf(@Nullable CacheEntry entry, String key) {
		return entry != null && entry.key().equals(key);
	}

	// The children of before can be of another jar, which is of no use to make an archive
	private boolean isToBeVerified() {
		Choice choice = this.choice;
		return choice != null && choice.entry() == null && choice.application() != null
				&& this.chooser.isUnread(choice.application());
	}

	private void make() {
		Choice choice = this.choice;
		if (choice != null && choice.application() != null && !choice.hasArchive()) {
			this.maker.begin(choice.application(), () -> this.lastReady);
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
		this.chooser.close();
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
