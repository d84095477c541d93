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
	 * Return whether a master is alive and may have launched this process: as an ancestor
	 * or, if this process has detached itself, by what the master says. The variable is
	 * inherited by whatever a child launches, and outlives a master.
	 * @param address the address of the master
	 * @return whether it may have launched this process
	 */
	static boolean launchedThisProcess(ChannelAddress address) {
		return launched(ProcessHandle.current(), address);
	}

	private static boolean isAdopted(ProcessHandle process) {
		return process.parent().filter((parent) -> parent.pid() == 1).isPresent();
	}

	private static MasterSocket socket(ChannelAddress address) {
		return new MasterSocket(Path.of(address.path()));
	}

	static boolean launched(ProcessHandle process, ChannelAddress address) {
		return hasAncestor(process, address) || (isAdopted(process) && socket(address).isAlive());
	}

	private static boolean hasAncestor(ProcessHandle process, ChannelAddress address) {
		return Stream
			.iterate(process.parent(), Optional::isPresent, (ancestor) -> ancestor.flatMap(ProcessHandle::parent))
			.flatMap(Optional::stream)
			.filter((ancestor) -> ancestor.pid() == address.masterPid())
			.findFirst()
			.filter((ancestor) -> ancestor.isAlive() && isSame(ancestor, address))
			.isPresent();
	}

	/**
	 * Return whether this process was launched by a master that has died: nobody listens
	 * on its socket, and the socket is still there or this process was given to the first
	 * process of the system. Whoever merely inherited the variable has another living
	 * parent.
	 * @param address the address of the master
	 * @return whether its master has died
	 */
	static boolean orphaned(ChannelAddress address) {
		return orphaned(ProcessHandle.current(), address);
	}

	static boolean orphaned(ProcessHandle process, ChannelAddress address) {
		return address.masterPid() != 1 && (isAdopted(process) || Files.exists(Path.of(address.path())))
				&& !socket(address).isAlive();
	}

	/**
	 * Return whether the process with the pid of a master was started when the master
	 * was.
	 * @param address the address of the master
	 * @return whether it was; not if that is not known
	 */
	static boolean isRunning(ChannelAddress address) {
		return ProcessHandle.of(address.masterPid())
			.flatMap((process) -> process.info().startInstant())
			.filter((started) -> isClose(started.toEpochMilli(), address.masterStarted()))
			.isPresent();
	}

	private static boolean isClose(long started, long masterStarted) {
		return Math.abs(started - masterStarted) <= TOLERANCE_MILLIS;
	}

	private static boolean isSame(ProcessHandle ancestor, ChannelAddress address) {
		// The JVM derives start times from the wall clock at boot, so they jump when the
		// clock is set. A child that took its master for another process because of that
		// would become a master itself; the socket, which no other process has, tells
		long started = ancestor.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
		return started == 0 || address.masterStarted() == 0 || isClose(started, address.masterStarted())
				|| Files.exists(Path.of(address.path()));
	}

}
