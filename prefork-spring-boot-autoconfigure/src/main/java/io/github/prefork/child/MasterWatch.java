package io.github.prefork.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.process.ProcessStat;
import org.jspecify.annotations.Nullable;

/**
 * Whether the master of this child lives, by its process and by its socket. The process
 * is the master's own, not the parent of this one: a launcher may stand between them. One
 * that is only paused lives.
 */
final class MasterWatch {

	private final ChannelAddress address;

	private final MasterSocket socket;

	private final Path stat;

	private final @Nullable ProcessStat process;

	private MasterWatch(ChannelAddress address, Path stat, @Nullable ProcessStat process) {
		this.address = address;
		this.socket = new MasterSocket(Path.of(address.path()));
		this.stat = stat;
		this.process = process;
	}

	/**
	 * Watch a master that lives. Where its process can't be made out for certain, as in
	 * another namespace of process ids, only its socket counts.
	 * @param address the address of the master
	 * @return the watch
	 */
	static MasterWatch of(ChannelAddress address) {
		Path stat = Path.of("/proc", String.valueOf(address.masterPid()), "stat");
		return new MasterWatch(address, stat, MasterProcess.isRunning(address) ? read(stat) : null);
	}

	private static @Nullable ProcessStat read(Path stat) {
		try {
			return ProcessStat.read(stat);
		}
		catch (IOException ex) {
			return null;
		}
	}

	long pid() {
		return this.address.masterPid();
	}

	/**
	 * Return whether the process of the master has ended. Says so only if it is certain:
	 * not where nothing can be read, as when this process is out of descriptors.
	 * @return whether it has ended
	 */
	boolean processHasEnded() {
		ProcessStat known = this.process;
		if (known == null) {
			return false;
		}
		try {
			ProcessStat found = ProcessStat.read(this.stat);
			return found.started() != known.started() || found.isZombie();
		}
		catch (NoSuchFileException ex) {
			return Files.exists(Path.of("/proc/self"));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return whether there is no master any more. Its sockets may be held open by another
	 * process, so one sign is enough.
	 * @return whether it is gone
	 */
	boolean isGone() {
		return !this.socket.isAlive() || processHasEnded();
	}

	void removeSocket() {
		this.socket.remove();
	}

}
