package io.github.prefork.master;

import java.time.Instant;

import io.github.prefork.Build;
import io.github.prefork.ChildCommand;
import io.github.prefork.ChildStartException;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.supervisor.ProcessLook;
import io.github.prefork.supervisor.Processes;

/**
 * Launches the children that the supervisor wants, each with a token of its own.
 */
final class LaunchedProcesses implements Processes {

	private final MasterChannel channel;

	private final ChildCommandFactory commands;

	private final ChildProcesses processes;

	private final ApplicationJar jar;

	private final long masterPid;

	private final long masterStarted;

	LaunchedProcesses(MasterChannel channel, ChildCommandFactory commands, ChildProcesses processes,
			ApplicationJar jar) {
		this.channel = channel;
		this.commands = commands;
		this.processes = processes;
		this.jar = jar;
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
		String token = this.channel.expect(launch, slot, generation);
		boolean launched = false;
		try {
			long pid = this.processes.launch(launch, command(slot, generation, token));
			launched = true;
			return pid;
		}
		finally {
			if (!launched) {
				this.channel.forget(launch);
			}
		}
	}

	private ChildCommand command(int slot, int generation, String token) {
		try {
			ChannelAddress address = new ChannelAddress(this.masterPid, this.masterStarted, token,
					this.channel.path().toString());
			return this.commands.create(slot, generation, address);
		}
		catch (RuntimeException ex) {
			throw new ChildStartException(slot, null,
					"Unable to make the command of the child in slot " + slot + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public ProcessLook look(long launch) {
		return this.processes.look(launch);
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
