package io.github.prefork.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.prefork.channel.ChannelAddress;

/**
 * Finds the master among the ancestors of a process.
 */
final class MasterProcess {

	/**
	 * Two JVMs may read the start time of one process with this difference, in
	 * milliseconds.
	 */
	private static final long TOLERANCE_MILLIS = 2000;

	private MasterProcess() {
	}

	/**
	 * Return whether a master is alive and an ancestor of this process. The variable is
	 * inherited by whatever a child launches, and outlives a master.
	 * @param address the address of the master
	 * @return whether it launched this process
	 */
	static boolean launchedThisProcess(ChannelAddress address) {
		return launched(ProcessHandle.current(), address);
	}

	static boolean launched(ProcessHandle process, ChannelAddress address) {
		return Stream
			.iterate(process.parent(), Optional::isPresent, (ancestor) -> ancestor.flatMap(ProcessHandle::parent))
			.flatMap(Optional::stream)
			.filter((ancestor) -> ancestor.pid() == address.masterPid())
			.findFirst()
			.filter((ancestor) -> ancestor.isAlive() && isSame(ancestor, address))
			.isPresent();
	}

	/**
	 * Return whether this process was launched by a master that has died: it was given to
	 * the first process of the system, or the master's socket is still there and nobody
	 * listens on it. Whoever merely inherited the variable has another living parent.
	 * @param address the address of the master
	 * @return whether its master has died
	 */
	static boolean orphaned(ChannelAddress address) {
		boolean adopted = ProcessHandle.current().parent().filter((parent) -> parent.pid() == 1).isPresent();
		Path socket = Path.of(address.path());
		return address.masterPid() != 1 && (adopted || (Files.exists(socket) && !new MasterSocket(socket).isAlive()));
	}

	private static boolean isSame(ProcessHandle ancestor, ChannelAddress address) {
		// The JVM derives start times from the wall clock at boot, so they jump when the
		// clock is set. A child that took its master for another process because of that
		// would become a master itself; the socket, which no other process has, tells
		long started = ancestor.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
		return started == 0 || address.masterStarted() == 0
				|| Math.abs(started - address.masterStarted()) <= TOLERANCE_MILLIS
				|| Files.exists(Path.of(address.path()));
	}

}
