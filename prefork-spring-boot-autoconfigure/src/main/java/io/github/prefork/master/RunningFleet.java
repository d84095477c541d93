package io.github.prefork.master;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.ChildFigures;
import io.github.prefork.ChildLauncher;
import io.github.prefork.Fleet;
import io.github.prefork.FleetReport;
import io.github.prefork.PreforkException;
import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.master.listener.FleetListeners;
import io.github.prefork.master.listener.ListenerOptions;
import io.github.prefork.master.memory.MemoryReturn;
import io.github.prefork.master.operation.OperationRequests;
import io.github.prefork.master.signal.MasterSignals;
import io.github.prefork.supervisor.Input;
import io.github.prefork.supervisor.Ports;
import io.github.prefork.supervisor.Supervisor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One life of a fleet, from the bound port until nothing of it is left.
 */
final class RunningFleet {

	private static final Log logger = LogFactory.getLog(RunningFleet.class);

	private final BlockingQueue<Input> inputs;

	private final FleetResources resources;

	private final LaunchedProcesses launched;

	private final OperationRequests requests;

	private final FleetReporter reporter;

	private final HostAnnouncer announcer;

	private final Supervisor supervisor;

	private final SupervisorThread thread;

	private final FleetEnd end;

	private final ShutdownHook hook;

	private final MasterSignals signals;

	private final Duration gracePeriod;

	private final ChildMemory memory;

	private final ListenerOptions options;

	private volatile boolean stopping;

	private RunningFleet(MasterSettings settings, FleetHost host, ListenerOptions options, FleetResources resources,
			BlockingQueue<Input> inputs, OperationRequests requests, FleetReporter reporter) {
		this.inputs = inputs;
		this.options = options;
		this.gracePeriod = settings.supervisor().gracePeriod();
		this.resources = resources;
		// Read once: it takes a whole command of a child
		this.memory = ChildMemory.of(resources.commands());
		this.launched = resources.launched();
		this.requests = requests;
		this.reporter = reporter;
		this.announcer = new HostAnnouncer(host, this.requests, this::fleet,
				new MemoryAdvice(this.memory, settings.supervisor()), MemoryReturn.ofThisJvm(),
				this.launched::happened);
		this.supervisor = new Supervisor(settings.supervisor(), new Ports(System::nanoTime, this.launched,
				resources.messenger(), resources.listeners(), this.announcer, new SplittableRandom()));
		HeartbeatReader heartbeats = new HeartbeatReader(resources.channel()::readHeartbeats,
				settings.supervisor().stallTimeout(), System::nanoTime);
		this.thread = new SupervisorThread(inputs, heartbeats, this.supervisor, this::cleanUp);
		this.end = new FleetEnd(this.thread, resources::close, this.gracePeriod);
		this.hook = new ShutdownHook(() -> this.end.await(() -> stop(false)));
		this.signals = MasterSignals.of(this::killAll, this::isStopping,
				() -> this.requests.restart().thenAccept(EventLog::refused),
				(step) -> this.requests.scaleBy(step).thenAccept(EventLog::refused));
		resources.requests().open(resources.channel(), this::report);
	}

	/**
	 * Take the port and prepare the rest.
	 * @param settings the settings
	 * @param launcher starts the processes
	 * @param host the application
	 * @param options what to listen on
	 * @param early the child that was launched before, {@code null} if none was
	 * @param reporter tells about the fleet
	 * @return the fleet, nothing else of it launched
	 */
	static RunningFleet open(MasterSettings settings, ChildLauncher launcher, FleetHost host, ListenerOptions options,
			@Nullable EarlyChild early, FleetReporter reporter) {
		BlockingQueue<Input> inputs = SupervisorThread.newInputs();
		OperationRequests requests = new OperationRequests(inputs::add, reporter.operations());
		FleetResources resources = FleetResources.open(settings, launcher, options, early, inputs::add,
				new ChildRequests(requests));
		boolean opened = false;
		try {
			RunningFleet fleet = new RunningFleet(settings, host, options, resources, inputs, requests, reporter);
			opened = true;
			return fleet;
		}
		finally {
			if (!opened) {
				resources.close();
			}
		}
	}

	/**
	 * Launch the children. The JVM's own shutdown hook is in place before the first one:
	 * Spring's waits for a context that is still starting.
	 * @param attached whether the application is there; if not, {@link #attach()} has to
	 * follow
	 * @throws RuntimeException if that is not possible; nothing of the fleet is left then
	 */
	void start(boolean attached) {
		try {
			this.hook.register();
			this.resources.secured();
			this.signals.install();
			this.inputs.add(new Input.Start(attached));
			this.thread.start();
		}
		catch (RuntimeException | Error ex) {
			this.thread.abandon(ex);
			this.hook.parkIfRunning();
			throw ex;
		}
	}

	/**
	 * The application is there: it is told what has happened.
	 */
	void attach() {
		this.inputs.add(new Input.Attached());
	}

	boolean listensAs(ListenerOptions options) {
		return this.options.equals(options);
	}

	/**
	 * Wait until all children are ready. Ends by a deadline of the supervisor.
	 * @throws RuntimeException why the fleet did not start
	 */
	void awaitReady() {
		this.announcer.awaitStarted(() -> stop(false));
		RuntimeException failure = this.announcer.startFailure();
		if (failure != null) {
			awaitEnd();
			this.hook.parkIfRunning();
			throw failure;
		}
	}

	/**
	 * Stop the fleet.
	 * @param urgent whether to kill at once
	 * @return completed when nothing of it is left; at once if a listener of an event
	 * asks, because the fleet can't stop before the listener has returned
	 */
	CompletableFuture<Void> stop(boolean urgent) {
		if (!this.stopping && !hasEnded()) {
			logger.info("Stopping the fleet; its children have at most " + this.gracePeriod.toSeconds() + " s");
		}
		this.stopping = true;
		this.inputs.add(new Input.Stop(urgent));
		return this.thread.isCurrent() ? CompletableFuture.completedFuture(null) : this.thread.ended();
	}

	/**
	 * Return what takes operations on the fleet.
	 * @return the requests
	 * @throws PreforkException if a listener of a prefork event asks
	 */
	OperationRequests requests() {
		if (this.thread.isCurrent()) {
			throw new PreforkException("A listener of a prefork event must not ask for an operation on the fleet: "
					+ "the supervisor, which would do it, waits for the listener");
		}
		return this.requests;
	}

	/**
	 * Kill all children, also if the supervisor is held up.
	 */
	void killAll() {
		this.end.hurry(() -> stop(true));
	}

	boolean isStopping() {
		return this.stopping;
	}

	boolean hasEnded() {
		return this.thread.ended().isDone();
	}

	void awaitEnd() {
		this.thread.ended().handle((result, ex) -> result).join();
	}

	Fleet fleet() {
		return this.supervisor.fleet();
	}

	FleetReport report() {
		return this.reporter.report(fleet(), this::figures, port(), this.resources.listeners());
	}

	@Nullable ChildFigures figures(long pid) {
		return this.launched.figures(pid);
	}

	ChildMemory memory() {
		return this.memory;
	}

	int port() {
		return hasEnded() ? -1 : this.resources.listeners().port();
	}

	int queueLength(int listener) {
		FleetListeners listeners = this.resources.listeners();
		return (listener >= 0 && listener < listeners.count()) ? listeners.queueLength(listener) : -1;
	}

	private void cleanUp(@Nullable Throwable failure) {
		this.resources.close();
		this.signals.restore();
		this.hook.remove();
		this.announcer.ended(failure);
		this.requests.close();
	}

}
