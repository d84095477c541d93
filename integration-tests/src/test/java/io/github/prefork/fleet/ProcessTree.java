package io.github.prefork.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * All live processes of one fleet, orphans included.
 *
 * @param master the first process
 * @param mark the variable that is in the environment of this fleet's processes only
 */
record ProcessTree(Process master, String mark) {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	List<OsProcess> live() {
		return OsProcess.withEnvironment(this.mark);
	}

	List<Long> livePids() {
		return live().stream().map(OsProcess::pid).toList();
	}

	/**
	 * Return the JVMs that the master has launched: not what they have started
	 * themselves, but also those that have lost their master.
	 * @return the process ids in ascending order
	 */
	List<Long> childPids() {
		List<OsProcess> others = live().stream()
			.filter((process) -> process.java() && process.pid() != this.master.pid())
			.toList();
		Set<Long> pids = others.stream().map(OsProcess::pid).collect(Collectors.toSet());
		return others.stream()
			.filter((process) -> !pids.contains(process.parent()))
			.map(OsProcess::pid)
			.sorted()
			.toList();
	}

	boolean isEmpty() {
		return live().isEmpty();
	}

	boolean awaitEmpty(Duration timeout) {
		return await(timeout, false);
	}

	/**
	 * Kill all processes, and those that they start meanwhile.
	 * @param timeout the longest time to try
	 * @return whether none is left
	 */
	boolean kill(Duration timeout) {
		// First the one that would replace the others; a stopped process dies as well
		this.master.destroyForcibly();
		return await(timeout, true);
	}

	private boolean await(Duration timeout, boolean kill) {
		long deadline = System.nanoTime() + timeout.toNanos();
		List<Long> pids = livePids();
		while (!pids.isEmpty() && System.nanoTime() < deadline) {
			if (kill) {
				pids.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
			}
			LockSupport.parkNanos(POLL_NANOS);
			pids = livePids();
		}
		return pids.isEmpty();
	}

}
