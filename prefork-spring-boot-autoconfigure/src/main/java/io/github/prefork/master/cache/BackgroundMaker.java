package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.prefork.master.cache.CacheEntry.Content;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.StartForm;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is missing in a cache, on a thread of its own and once for all masters of
 * the user.
 */
final class BackgroundMaker implements Maker {

	private static final Log logger = LogFactory.getLog(BackgroundMaker.class);

	private final StartupCacheMode mode;

	private final CacheHome home;

	private final Consumer<String> log;

	private final Tool tool;

	private final CacheMaker maker;

	private @Nullable Thread thread;

	/** What nothing more can be made for. */
	private volatile String settled = "";

	BackgroundMaker(StartupCacheMode mode, ChildCommandFactory commands, CacheHome home, Tool tool,
			Consumer<String> log) {
		this.mode = mode;
		this.home = home;
		this.tool = tool;
		this.log = log;
		this.maker = new CacheMaker(commands, tool);
	}

	@Override
	public synchronized void begin(Application application, LongSupplier jvm) {
		if (!application.key().equals(this.settled) && (this.thread == null || !this.thread.isAlive())) {
			this.thread = new Thread(() -> make(application, jvm), "prefork-startup-cache");
			this.thread.setDaemon(true);
			this.thread.start();
		}
	}

	@Override
	public void reconsider() {
		this.settled = "";
	}

	private void make(Application application, LongSupplier jvm) {
		try {
			this.home.open();
			CacheEntry entry = this.home.entry(application.key());
			if (isVerified(entry)) {
				this.settled = application.key();
				return;
			}
			try (EntryLock lock = EntryLock.make(this.home, application.key())) {
				if (lock != null && !entry.badMark().isValid()) {
					// Before, it could be pruned
					CacheHome.makeOwn(entry.directory());
					make(application, entry, jvm);
				}
			}
			prune(application);
		}
		catch (ChildGoneException ex) {
			failed(ex);
		}
		catch (IOException | RuntimeException ex) {
			this.settled = application.key();
			failed(ex);
		}
		catch (InterruptedException ex) {
			logger.debug("The start-up cache is not made: the fleet stops");
		}
	}

	// Was made by somebody else, perhaps where nothing can be written any more
	private static boolean isVerified(CacheEntry entry) {
		try {
			return !entry.badMark().isValid() && entry.isUnread() && entry.verify().archive();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void prune(Application application) {
		try {
			new Pruning(this.home).prune(application.key());
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("What is too much of start-up caches could not be deleted", ex);
		}
	}

	private void failed(Exception failure) {
		if (this.tool.isClosed()) {
			logger.debug("The start-up cache is not made: the fleet stops", failure);
		}
		else {
			this.log.accept("The start-up cache could not be made: " + NoCacheException.words(failure));
			logger.debug("The start-up cache could not be made", failure);
		}
	}

	private void make(Application application, CacheEntry entry, LongSupplier jvm)
			throws IOException, InterruptedException {
		entry.sweep();
		new Recordings(entry).sweep();
		Content content = verified(entry);
		if (application.fatJar() != null && !content.layout()) {
			this.maker.extract(entry, application);
			this.log.accept("The application is extracted for the start-up cache (" + entry.layout() + ")");
		}
		if (!content.archive()) {
			if (!application.isStillThere() || !archive(application, entry, jvm)) {
				return;
			}
			this.log
				.accept("The start-up cache is ready: the next rollout or start uses it (" + entry.directory() + ")");
		}
		new Recordings(entry).clear();
		this.settled = application.key();
	}

	private boolean archive(Application application, CacheEntry entry, LongSupplier jvm)
			throws IOException, InterruptedException {
		return CacheEntry.AOT ? record(application, entry) : list(application, entry, jvm);
	}

	private boolean list(Application application, CacheEntry entry, LongSupplier jvm)
			throws IOException, InterruptedException {
		StartForm form = Choice.form(application, entry, false);
		Collection<String> classes = ClassList.union(ClassList.ofHierarchy(ask(jvm.getAsLong())),
				new Recordings(entry).madeClasses());
		if (this.mode == StartupCacheMode.TRAIN) {
			Path list = entry.temporary("trained");
			try {
				run(entry, form, List.of("-XX:DumpLoadedClassList=" + list));
				classes = ClassList.union(classes, Recordings.classes(list));
			}
			finally {
				CacheEntry.delete(list);
			}
		}
		this.maker.archive(entry, form, classes);
		return true;
	}

	private static String ask(long pid) throws IOException, InterruptedException {
		try {
			return new LiveClasses().ask(pid);
		}
		catch (IOException ex) {
			throw ProcessHandle.of(pid).isEmpty() ? new ChildGoneException(ex) : ex;
		}
	}

	private boolean record(Application application, CacheEntry entry) throws IOException, InterruptedException {
		StartForm form = Choice.form(application, entry, false);
		Path recording = new Recordings(entry).await();
		if (recording != null) {
			this.maker.archive(entry, form, recording);
			return true;
		}
		return this.mode == StartupCacheMode.TRAIN && train(entry, form);
	}

	private boolean train(CacheEntry entry, StartForm form) throws IOException, InterruptedException {
		Path recording = entry.temporary("trained");
		try {
			run(entry, form, Recordings.recording(recording));
			this.maker.archive(entry, form, recording);
			return true;
		}
		finally {
			CacheEntry.delete(recording);
		}
	}

	private void run(CacheEntry entry, StartForm form, List<String> options) throws IOException, InterruptedException {
		this.log.accept("The application is run once more in the background, to see what it loads "
				+ "(prefork.startup-cache=train)");
		this.maker.train(entry, form, options);
	}

	private Content verified(CacheEntry entry) throws IOException {
		try {
			return entry.verify();
		}
		catch (IOException ex) {
			logger.debug("The start-up cache is made anew", ex);
			try (EntryLock unused = EntryLock.prune(this.home, entry.key())) {
				if (unused == null) {
					throw new IOException(
							"children may still run from what is there, and " + NoCacheException.words(ex), ex);
				}
				entry.clear();
				return Content.NOTHING;
			}
		}
	}

	@Override
	public void close() {
		this.tool.close();
		Thread thread;
		synchronized (this) {
			thread = this.thread;
		}
		if (thread != null) {
			thread.interrupt();
			try {
				thread.join(2000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * The child is gone that was to tell its classes; another one can.
	 */
	@SuppressWarnings("serial")
	private static final class ChildGoneException extends IOException {

		ChildGoneException(IOException cause) {
			super("the child that was asked for its classes has ended; another one is asked when it is ready", cause);
		}

	}

}
