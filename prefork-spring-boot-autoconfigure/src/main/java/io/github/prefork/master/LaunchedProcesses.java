package io.github.prefork.master;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.prefork.Build;
import io.github.prefork.ChildCommand;
import io.github.prefork.ChildFigures;
import io.github.prefork.ChildStartException;
import io.github.prefork.PreforkEvent;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.SignOfLife;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.cache.StartupCache;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.FileLabel;
import io.github.prefork.master.command.StartForm;
import io.github.prefork.master.process.ChildProcesses;
import io.github.prefork.master.process.ProcessStatus;
import io.github.prefork.process.ResidentMemory;
import io.github.prefork.supervisor.ProcessLook;
import io.github.prefork.supervisor.Processes;
import org.jspecify.annotations.Nullable;

/**
 * Launches the children that the supervisor wants, each with a token of its own.
 */
final class LaunchedProcesses implements Processes {

	private final MasterChannel channel;

	private final ChildCommandFactory commands;

	private final ChildProcesses processes;

	private final ApplicationJar jar;

	private final EarlierChildren earlier = EarlierChildren.find();

	private final StartupCache cache;

	private final UnaryOperator<StartForm> form;

	private final long masterPid;

	private final long masterStarted;

	private final @Nullable Adoption adoption;

	LaunchedProcesses(MasterChannel channel, ChildCommandFactory commands, ChildProcesses processes, ApplicationJar jar,
			StartupCache cache, UnaryOperator<StartForm> form, @Nullable Adoption adoption) {
		this.channel = channel;
		this.commands = commands;
		this.processes = processes;
		this.jar = jar;
		this.adoption = adoption;
		this.cache = cache;
		this.form = form;
		ProcessHandle master = ProcessHandle.current();
		this.masterPid = master.pid();
		this.masterStarted = master.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
	}

	@Override
	public Build next() {
		return this.jar.look();
	}

	@Override
	public long launch(long launch, int slot, int generation) {
		if (this.adoption != null && this.adoption.isOf(launch)) {
			return this.adoption.adopt();
		}
		String token = this.channel.expect(launch, slot, generation);
		boolean launched = false;
		try {
			long pid = this.processes.launch(launch, command(launch, slot, generation, token));
			launched = true;
			return pid;
		}
		finally {
			if (!launched) {
				this.channel.forget(launch);
				forget(launch);
			}
		}
	}

	@Override
	public long headStart(long launch) {
		return (this.adoption != null && this.adoption.isOf(launch)) ? this.adoption.headStart() : 0;
	}

	@Override
	public boolean hadToWait(long launch) {
		return this.adoption == null || !this.adoption.isOf(launch) || this.adoption.hadToWait();
	}

	private ChildCommand command(long launch, int slot, int generation, String token) {
		try {
			ChannelAddress address = new ChannelAddress(this.masterPid, this.masterStarted, token,
					this.channel.path().toString());
			Set<String> taken = new HashSet<>(this.earlier.fileLabels());
			taken.addAll(this.processes.fileLabels());
			String label = FileLabel.choose(slot, taken);
			StartForm form = this.form.apply(this.cache.next(launch, slot));
			return this.commands.create(slot, generation, label, address, form);
		}
		catch (RuntimeException ex) {
			throw new ChildStartException(slot, null,
					"Unable to make the command of the child in slot " + slot + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public boolean discard(long launch) {
		return this.cache.discard(launch);
	}

	@Override
	public void forget(long launch) {
		this.cache.forget(launch);
	}

	/**
	 * Take note of what happens in the fleet.
	 * @param event the event
	 */
	void happened(PreforkEvent event) {
		this.cache.happened(event, new StartupCache.Processes() {

			@Override
			public @Nullable Long launchOf(long pid) {
				return LaunchedProcesses.this.processes.launchOf(pid);
			}

			@Override
			public long jvmOf(long pid) {
				Long launch = launchOf(pid);
				SignOfLife sign = (launch != null) ? LaunchedProcesses.this.channel.lastSign(launch) : null;
				return (sign != null) ? sign.pid() : pid;
			}

		});
	}

	@Override
	public ProcessLook look(long launch) {
		return this.processes.look(launch);
	}

	@Override
	public long requests(long launch) {
		SignOfLife sign = this.channel.lastSign(launch);
		return (sign != null) ? sign.figures().requests() : 0;
	}

	@Override
	public long residentMemory(long launch) {
		SignOfLife sign = this.channel.lastSign(launch);
		Long memory = (sign != null) ? ResidentMemory.read(sign.pid()) : null;
		return (memory != null) ? memory : 0;
	}

	/**
	 * Return what is known of a child. May be called by any thread.
	 * @param pid the process id that it was launched with
	 * @return its figures, {@code null} if there is no such child or it has not begun to
	 * send heartbeats
	 */
	@Nullable ChildFigures figures(long pid) {
		Long launch = this.processes.launchOf(pid);
		SignOfLife sign = (launch != null) ? this.channel.lastSign(launch) : null;
		if (sign == null) {
			return null;
		}
		ToMaster.Figures figures = sign.figures();
		return new ChildFigures(figures.requests(), figures.connections(), figures.heapBytes(),
				Duration.ofNanos(figures.loopDelayNanos()), Duration.ofMillis(figures.gcMillis()), sign.age(),
				ResidentMemory.read(sign.pid()), ProcessStatus.cpuTime(sign.pid()));
	}

	@Override
	public void terminate(long launch) {
		this.processes.terminate(launch);
	}

	@Override
	public void kill(long launch) {
		this.processes.kill(launch);
	}

}
