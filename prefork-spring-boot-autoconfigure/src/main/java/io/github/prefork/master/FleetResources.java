package io.github.prefork.master;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.prefork.ChildLauncher;
import io.github.prefork.PreforkException;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.MasterChannels;
import io.github.prefork.master.cache.StartupCache;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.listener.FleetListeners;
import io.github.prefork.master.listener.ListenerOptions;
import io.github.prefork.master.process.ChildProcesses;
import io.github.prefork.master.process.ExitInquiry;
import io.github.prefork.supervisor.Input;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet holds of the system: the port, the channel and the processes.
 *
 * @param listeners the listeners
 * @param channel the channel
 * @param commands the commands of the children
 * @param processes the processes of the children
 * @param jar what the children are launched from
 * @param requests answers what the children ask
 * @param cache how the children are started
 * @param adoption the child that was launched before, {@code null} if none was
 */
record FleetResources(FleetListeners listeners, MasterChannel channel, ChildCommandFactory commands,
		ChildProcesses processes, ApplicationJar jar, ChildRequests requests, StartupCache cache,
		@Nullable Adoption adoption) implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FleetResources.class);

	/** To end in, for a child that records what it has loaded. */
	private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);

	/**
	 * Take the port and open the channel; all or nothing.
	 * @param settings the settings
	 * @param launcher starts the processes
	 * @param options what to listen on
	 * @param early the child that was launched before, {@code null} if none was; its end
	 * is not this method's, however it ends
	 * @param inputs takes what happens
	 * @param requests answers what the children ask
	 * @return the resources
	 */
	static FleetResources open(MasterSettings settings, ChildLauncher launcher, ListenerOptions options,
			@Nullable EarlyChild early, Consumer<Input> inputs, ChildRequests requests) {
		FleetListeners listeners = FleetListeners.open(options);
		boolean opened = false;
		try {
			ChildCommandFactory commands = (early != null) ? early.commands()
					: ChildCommandFactory.ofThisJvm(settings.child(), settings.memory(), EventLog::say);
			StartupCache cache = (early != null) ? early.cache() : startupCache(settings, commands, EventLog::note);
			ExitInquiry inquiry = ExitInquiry.ofThisProcess();
			ChildProcesses.ExitListener exits = (launch, child, exitValue, killed) -> inputs
				.accept(new Input.Exited(launch, exitValue, inquiry.look(child, exitValue, killed)));
			ChannelInputs messages = new ChannelInputs(inputs,
					new SettingsComparison(settings.digests(), EventLog::say), requests);
			ChildProcesses processes = (early != null) ? early.processes() : new ChildProcesses(launcher, exits);
			MasterChannel channel = (early != null) ? early.channel() : openChannel(settings, messages);
			listeners.watch(channel, () -> inputs.accept(new Input.QueueStirred()));
			opened = true;
			return new FleetResources(listeners, channel, commands, processes,
					ApplicationJar.ofThisJvm(settings.child()), requests, cache, (early != null) ? new Adoption(early,
							new EarlyEvents.Receiver(messages, exits, EventLog::note, EventLog::say)) : null);
		}
		finally {
			if (!opened) {
				listeners.close();
			}
		}
	}

	static MasterChannel openChannel(MasterSettings settings, MasterChannel.Listener listener) {
		try {
			return MasterChannels.open(settings.heartbeatInterval(), settings.drainTimeout(), listener);
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			throw new PreforkException("The socket for the children can't be made: " + reasons(ex), """
					Make sure that the temporary directory exists, that this user can write to it, that it has free \
					space, and that its path is not much longer than 60 characters. -Djava.io.tmpdir=... names \
					another one.""", ex);
		}
	}

	private static String reasons(Throwable failure) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed()))
			.map((each) -> each.getClass().getSimpleName() + " " + each.getMessage())
			.collect(Collectors.joining("; "));
	}

	static StartupCache startupCache(MasterSettings settings, ChildCommandFactory commands, Consumer<String> log) {
		return StartupCache.ofThisJvm(settings.startupCache(), recordingSlot(settings),
				settings.supervisor().gracePeriod(), commands, log);
	}

	// Not the first one, for which everybody waits, and none if the stop has to be quick
	private static int recordingSlot(MasterSettings settings) {
		return (settings.supervisor().gracePeriod().compareTo(LONG_ENOUGH) >= 0)
				? Math.min(1, settings.supervisor().children() - 1) : StartupCache.NONE;
	}

	LaunchedProcesses launched() {
		return new LaunchedProcesses(this.channel, this.commands, this.processes, this.jar, this.cache,
				UnaryOperator.identity(), this.adoption);
	}

	/**
	 * The fleet has a shutdown hook of its own, which ends all of this.
	 */
	void secured() {
		if (this.adoption != null) {
			this.adoption.secure();
		}
	}

	ChannelMessenger messenger() {
		return new ChannelMessenger(this.channel, this.listeners, this.requests);
	}

	/**
	 * Kill what still lives and close the rest, however much of it fails. May be repeated
	 * and called by any thread.
	 */
	@Override
	public void close() {
		quietly(this.cache::close);
		// Whoever still has to send the listeners is closed before them
		quietly(this.processes::close);
		quietly(this.channel::close);
		quietly(this.listeners::close);
	}

	static void quietly(Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("The fleet could not be cleaned up completely", ex);
		}
	}

}
