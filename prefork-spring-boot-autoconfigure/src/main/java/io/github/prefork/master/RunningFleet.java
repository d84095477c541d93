package io.github.prefork.master;

import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.ChildLauncher;
import io.github.prefork.Fleet;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.MasterChannels;
import io.github.prefork.supervisor.Input;
import io.github.prefork.supervisor.Ports;
import io.github.prefork.supervisor.Supervisor;

/**
 * One life of a fleet, from the bound port until nothing of it is left.
 */
final class RunningFleet {

	private final BlockingQueue<Input> inputs;

	private final MasterListeners listeners;

	private final MasterChannel channel;

	private final ChildProcesses processes;

	private final HostAnnouncer announcer;

	private final Supervisor supervisor;

	private final SupervisorThread thread;

	private final ShutdownHook hook;

	private RunningFleet(BlockingQueue<Input> inputs, MasterListeners listeners, MasterChannel channel,
			ChildProcesses processes, HostAnnouncer announcer, Supervisor supervisor) {
		this.inputs = inputs;
		this.listeners = listeners;
		this.channel = channel;
		this.processes = processes;
		this.announcer = announcer;
		this.supervisor = supervisor;
		this.thread = new SupervisorThread(inputs, supervisor, this::cleanUp);
		this.hook = new ShutdownHook(() -> stop(false).handle((result, ex) -> result).join());
	}

	/**
	 * Take the port and prepare the rest.
	 * @param settings the settings
	 * @param launcher starts the processes
	 * @param host the application
	 * @param options what to listen on
	 * @return the fleet, nothing of it launched
	 */
	static RunningFleet open(MasterSettings settings, ChildLauncher launcher, FleetHost host, ListenerOptions options) {
		BlockingQueue<Input> inputs = SupervisorThread.newInputs();
		MasterListeners listeners = MasterListeners.open(options);
		try {
			ChildCommandFactory commands = ChildCommandFactory.ofThisJvm(settings.child().toSettings());
			ChildProcesses processes = new ChildProcesses(launcher,
					(launch, pid, exitValue) -> inputs.add(new Input.Exited(launch, exitValue)));
			MasterChannel channel = MasterChannels.open(settings.heartbeatInterval(), settings.drainTimeout(),
					new ChannelInputs(inputs::add));
			HostAnnouncer announcer = new HostAnnouncer(host);
			Ports ports = new Ports(System::nanoTime, new LaunchedProcesses(channel, commands, processes),
					new ChannelMessenger(channel, listeners), new SupervisedListeners(listeners), announcer,
					new SplittableRandom());
			return new RunningFleet(inputs, listeners, channel, processes, announcer,
					new Supervisor(settings.supervisor(), ports));
		}
		catch (RuntimeException ex) {
			listeners.close();
			throw ex;
		}
	}

	/**
	 * Launch the children. The JVM's own shutdown hook is in place before the first one:
	 * Spring's waits for a context that is still starting.
	 */
	void start() {
		this.hook.register();
		MasterSignals.install(() -> this.inputs.add(new Input.Stop(true)));
		this.inputs.add(new Input.Start());
		this.thread.start();
	}

	/**
	 * Wait until all children are ready. Ends by a deadline of the supervisor.
	 * @throws RuntimeException why the fleet did not start
	 */
	void awaitReady() {
		this.announcer.awaitStarted(() -> this.inputs.add(new Input.Stop(false)));
		RuntimeException failure = this.announcer.startFailure();
		if (failure != null) {
			awaitQuietly(this.thread.ended());
			this.hook.parkIfRunning();
			throw failure;
		}
	}

	private static void awaitQuietly(CompletableFuture<Void> future) {
		future.handle((result, ex) -> result).join();
	}

	/**
	 * Stop the fleet.
	 * @param urgent whether to kill at once
	 * @return completed when nothing of it is left
	 */
	CompletableFuture<Void> stop(boolean urgent) {
		this.inputs.add(new Input.Stop(urgent));
		return ended();
	}

	CompletableFuture<Void> ended() {
		return this.thread.ended();
	}

	Fleet fleet() {
		return this.supervisor.fleet();
	}

	int port() {
		return this.listeners.port();
	}

	int queueLength(int listener) {
		return (listener >= 0 && listener < this.listeners.count()) ? this.listeners.queueLength(listener) : -1;
	}

	private void cleanUp() {
		// Whoever still has to send the listeners is closed before them
		this.processes.close();
		this.channel.close();
		this.listeners.close();
		this.hook.remove();
		this.announcer.ended(this.supervisor.isTerminated());
	}

}
