package io.github.prefork.master;

import java.time.Duration;
import java.util.Optional;

import io.github.prefork.ChildLauncher;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.master.cache.StartupCache;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.StartForm;
import io.github.prefork.master.process.ChildProcesses;
import io.github.prefork.master.process.DefaultChildLauncher;

/**
 * The child of slot 0, launched before the application context of the master is there, so
 * that both start at the same time. It waits for the listeners, so it serves nobody until
 * the fleet has adopted it as its first launch. If no fleet does, it is killed when this
 * is closed, or when the JVM ends. Safe for use by several threads.
 */
public final class EarlyChild implements AutoCloseable {

	/** The number that a fleet gives its first launch. */
	static final long LAUNCH = 1;

	private final MasterSettings settings;

	private final EarlyProgress progress = new EarlyProgress();

	private final EarlyEvents events = new EarlyEvents(this.progress);

	private final MasterChannel channel;

	private final ChildProcesses processes;

	private final ChildCommandFactory commands;

	private final StartupCache cache;

	private final ShutdownHook hook = new ShutdownHook(this::end);

	private final long launchedNanos = System.nanoTime();

	private long pid;

	private boolean closed;

	private boolean adopted;

	private EarlyChild(MasterSettings settings, ChildLauncher launcher) {
		this.settings = settings;
		this.commands = ChildCommandFactory.ofThisJvm(settings.child(), settings.memory(), this.events::warn);
		this.cache = FleetResources.startupCache(settings, this.commands, this.events::say);
		this.channel = FleetResources.openChannel(settings, this.events);
		this.processes = new ChildProcesses(launcher, this.events);
	}

	/**
	 * Launch the child.
	 * @param settings the settings of the master, as far as they are known already
	 * @return the child
	 * @throws RuntimeException if that is not possible; nothing is left then
	 */
	public static EarlyChild launch(MasterSettings settings) {
		return launch(settings, new DefaultChildLauncher());
	}

	static EarlyChild launch(MasterSettings settings, ChildLauncher launcher) {
		EarlyChild child = new EarlyChild(settings, launcher);
		boolean launched = false;
		try {
			child.hook.register();
			child.launch();
			launched = true;
			return child;
		}
		finally {
			if (!launched) {
				child.close();
			}
		}
	}

	private void launch() {
		this.pid = new LaunchedProcesses(this.channel, this.commands, this.processes,
				ApplicationJar.ofThisJvm(this.settings.child()), this.cache, EarlyChild::formOf, null)
			.launch(LAUNCH, 0, 0);
	}

	// Nothing else keeps the other processors busy until it serves
	private static StartForm formOf(StartForm form) {
		return (Runtime.getRuntime().availableProcessors() > 1) ? form.loadingClasses() : form;
	}

	/**
	 * Return whether the child was launched as a fleet would launch it.
	 * @param settings the settings of the fleet
	 * @return whether the fleet can adopt it
	 */
	public synchronized boolean fits(MasterSettings settings) {
		return !this.closed && !this.adopted && settings.child().equals(this.settings.child())
				&& settings.startupCache() == this.settings.startupCache()
				&& settings.memory().equals(this.settings.memory())
				&& settings.heartbeatInterval().equals(this.settings.heartbeatInterval())
				&& settings.drainTimeout().equals(this.settings.drainTimeout());
	}

	/**
	 * Wait until the child asks for listeners. Ends after its boot timeout at the latest.
	 * @return what it wants, empty if it does not ask, because it has ended for example
	 */
	public Optional<WantedServer> awaitWanted() {
		return this.progress.awaitWanted(bootTimeLeft());
	}

	/**
	 * Wait until the child, which a fleet has adopted, is ready, or will not get so. Ends
	 * after its boot timeout at the latest.
	 */
	public void awaitServing() {
		this.progress.awaitServing(bootTimeLeft());
	}

	boolean hasAsked() {
		return this.progress.hasAsked();
	}

	private Duration bootTimeLeft() {
		return this.settings.supervisor().bootTimeout().minusNanos(System.nanoTime() - this.launchedNanos);
	}

	MasterChannel channel() {
		return this.channel;
	}

	ChildProcesses processes() {
		return this.processes;
	}

	ChildCommandFactory commands() {
		return this.commands;
	}

	StartupCache cache() {
		return this.cache;
	}

	EarlyEvents events() {
		return this.events;
	}

	/**
	 * Return whether a launch is that of this child.
	 * @param launch the number of the launch
	 * @return whether it is
	 */
	boolean is(long launch) {
		return launch == LAUNCH;
	}

	long pid() {
		return this.pid;
	}

	long launchedNanos() {
		return this.launchedNanos;
	}

	/**
	 * Leave the child to a fleet, which has a shutdown hook of its own now.
	 */
	synchronized void leave() {
		this.adopted = true;
		this.hook.remove();
	}

	/**
	 * Kill the child, wait until it is gone and remove the rest. Has no effect if a fleet
	 * has adopted it, or it has been done before.
	 */
	@Override
	public synchronized void close() {
		if (!this.adopted && !this.closed) {
			this.closed = true;
			this.hook.remove();
			end();
		}
	}

	private void end() {
		FleetResources.quietly(this.processes::close);
		FleetResources.quietly(this.cache::close);
		FleetResources.quietly(this.channel::close);
	}

}
