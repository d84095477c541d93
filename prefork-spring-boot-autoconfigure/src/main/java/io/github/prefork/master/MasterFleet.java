package io.github.prefork.master;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.ChildFigures;
import io.github.prefork.ChildLauncher;
import io.github.prefork.Fleet;
import io.github.prefork.FleetReport;
import io.github.prefork.master.listener.ListenerOptions;
import io.github.prefork.master.operation.FleetOperations;
import io.github.prefork.master.operation.OperationRegistry;
import io.github.prefork.master.operation.OperationRequests;
import io.github.prefork.master.process.DefaultChildLauncher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The fleet of this master: nothing until it is started, and nothing again when it has
 * stopped. Safe for use by several threads.
 */
public final class MasterFleet {

	private static final Log logger = LogFactory.getLog(MasterFleet.class);

	private final MasterSettings settings;

	private final ChildLauncher launcher;

	private final FleetHost host;

	private final FleetReporter reporter;

	private final FleetOperations operations;

	private @Nullable EarlyChild early;

	/** Has been started before its application, and not been taken over by it yet. */
	private volatile @Nullable RunningFleet ahead;

	private volatile @Nullable RunningFleet running;

	/**
	 * Create a fleet that is not started.
	 * @param settings its settings
	 * @param launcher starts the processes of the children, {@code null} for the ordinary
	 * one
	 * @param host the application
	 */
	public MasterFleet(MasterSettings settings, @Nullable ChildLauncher launcher, FleetHost host) {
		this(settings, launcher, host, null);
	}

	/**
	 * Create a fleet that is not started, but may have a child already.
	 * @param settings its settings
	 * @param launcher starts the processes of the children, {@code null} for the ordinary
	 * one
	 * @param host the application
	 * @param early the child of slot 0, {@code null} if it is not launched yet. It is
	 * killed if it was not launched as this fleet launches children
	 */
	public MasterFleet(MasterSettings settings, @Nullable ChildLauncher launcher, FleetHost host,
			@Nullable EarlyChild early) {
		this.settings = settings;
		this.early = fitting(early, settings, launcher);
		this.launcher = (launcher != null) ? launcher : new DefaultChildLauncher();
		this.host = host;
		OperationRegistry registry = new OperationRegistry();
		this.reporter = new FleetReporter(settings, registry);
		this.operations = new FleetOperations(this::requests, registry);
	}

	private static @Nullable EarlyChild fitting(@Nullable EarlyChild early, MasterSettings settings,
			@Nullable ChildLauncher launcher) {
		if (early == null || launcher == null && early.fits(settings)) {
			return early;
		}
		logger.debug("The child that was launched early is not launched as this fleet does it, and killed");
		early.close();
		return null;
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public MasterSettings settings() {
		return this.settings;
	}

	/**
	 * Return the fleet as it is now.
	 * @return a snapshot
	 */
	public Fleet fleet() {
		RunningFleet running = this.running;
		return (running != null) ? running.fleet() : Fleet.EMPTY;
	}

	/**
	 * Return what is counted and measured of a child. Reads it at the moment of the call.
	 * @param pid the process id in its {@link io.github.prefork.ChildIdentity}
	 * @return its figures, {@code null} if there is no such child or it has not begun to
	 * send heartbeats
	 */
	public @Nullable ChildFigures figures(long pid) {
		RunningFleet running = this.running;
		return (running != null) ? running.figures(pid) : null;
	}

	/**
	 * Return what can be asked of the fleet.
	 * @return the operations, also while there is no fleet
	 */
	public FleetOperations operations() {
		return this.operations;
	}

	private @Nullable OperationRequests requests() {
		RunningFleet running = this.running;
		return (running != null) ? running.requests() : null;
	}

	/**
	 * Tell about the fleet.
	 * @return a report
	 */
	public FleetReport report() {
		RunningFleet running = this.running;
		return (running != null) ? running.report() : this.reporter.none();
	}

	/**
	 * Return the number of connections that wait to be accepted.
	 * @param listener the index of the listener
	 * @return the number, -1 if there is no such open listener
	 */
	public int queueLength(int listener) {
		RunningFleet running = this.running;
		return (running != null) ? running.queueLength(listener) : -1;
	}

	/**
	 * Take the port and launch the children, which then serve, before the application is
	 * there. It does not learn of it, and nothing else can be done with the fleet, until
	 * its web server starts. If that is to listen elsewhere, this fleet is stopped and
	 * another one started. Has no effect if it is not possible: the start of the web
	 * server then says why.
	 * @param address the local address, {@code null} for any
	 * @param port the port, 0 for one that the system chooses
	 */
	public synchronized void startAhead(@Nullable InetAddress address, int port) {
		try {
			RunningFleet fleet = open(options(address, port));
			this.ahead = fleet;
			fleet.start(false);
		}
		catch (RuntimeException ex) {
			this.ahead = null;
			logger.debug("The fleet is not started ahead of its application", ex);
		}
	}

	/**
	 * Stop a fleet that was started before its application, if that is not there yet, and
	 * wait until nothing of it is left.
	 */
	public void stopAhead() {
		RunningFleet ahead = this.ahead;
		if (ahead != null) {
			ahead.stop(false);
			ahead.awaitEnd();
			this.ahead = null;
		}
	}

	/**
	 * Take the port and launch the children. Has no effect while the fleet runs; one that
	 * still stops is waited for.
	 * @param address the local address, {@code null} for any
	 * @param port the port, 0 for one that the system chooses
	 */
	synchronized void start(@Nullable InetAddress address, int port) {
		ListenerOptions options = options(address, port);
		if (takeOver(options)) {
			return;
		}
		RunningFleet current = this.running;
		if (current != null && current.isStopping()) {
			current.awaitEnd();
		}
		if (current == null || current.hasEnded()) {
			RunningFleet fleet = open(options);
			this.running = fleet;
			fleet.start(true);
		}
	}

	private boolean takeOver(ListenerOptions options) {
		RunningFleet ahead = this.ahead;
		if (ahead != null && ahead.listensAs(options)) {
			this.running = ahead;
			this.ahead = null;
			ahead.attach();
			return true;
		}
		if (ahead != null) {
			logger.info("The port or address is another one than the properties of the application say. "
					+ "The fleet is stopped and started anew");
			stopAhead();
		}
		return false;
	}

	private ListenerOptions options(@Nullable InetAddress address, int port) {
		return new ListenerOptions(this.settings.mode(), this.settings.network(), this.settings.supervisor().children(),
				address, port, this.settings.backlog());
	}

	/**
	 * Tell what is started.
	 * @return the summary, {@code null} if there is no fleet, or none any more
	 */
	@Nullable FleetSummary summary() {
		RunningFleet running = this.running;
		return (running != null && !running.hasEnded())
				? new FleetSummary(this.settings, running.port(), running.memory()) : null;
	}

	private RunningFleet open(ListenerOptions options) {
		EarlyChild early = this.early;
		// The next start has to launch all
		this.early = null;
		boolean opened = false;
		try {
			RunningFleet fleet = RunningFleet.open(this.settings, this.launcher, this.host, options, early,
					this.reporter);
			opened = true;
			return fleet;
		}
		finally {
			if (!opened && early != null) {
				early.close();
			}
		}
	}

	void awaitReady() {
		RunningFleet running = this.running;
		if (running != null) {
			running.awaitReady();
		}
	}

	int port() {
		RunningFleet running = this.running;
		return (running != null) ? running.port() : -1;
	}

	CompletableFuture<Void> stop(boolean urgent) {
		RunningFleet ahead = this.ahead;
		RunningFleet running = (ahead != null) ? ahead : this.running;
		return (running != null) ? running.stop(urgent) : CompletableFuture.completedFuture(null);
	}

	/**
	 * Kill all children, also if the supervisor is held up, and wait a moment until
	 * nothing of the fleet is left.
	 */
	void killAll() {
		RunningFleet running = this.running;
		if (running != null) {
			running.killAll();
		}
	}

}
