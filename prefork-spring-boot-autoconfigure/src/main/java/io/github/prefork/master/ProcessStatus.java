package io.github.prefork.master;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.process.ProcessStat;
import io.github.prefork.supervisor.ProcessLook;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the system tells about the process of a child.
 */
final class ProcessStatus {

	private ProcessStatus() {
	}

	/**
	 * Look at a process.
	 * @param pid its process id
	 * @param proc where the system shows its processes
	 * @return what is known of it
	 */
	static ProcessLook look(long pid, Path proc) {
		try {
			ProcessStat stat = ProcessStat.read(proc.resolve(Long.toString(pid)).resolve("stat"));
			return new ProcessLook(stat.isStopped(), stat.isTraced(), cpuTime(pid));
		}
		catch (IOException ex) {
			return new ProcessLook(false, false, cpuTime(pid));
		}
	}

	static @Nullable Duration cpuTime(long pid) {
		return ProcessHandle.of(pid).flatMap((process) -> process.info().totalCpuDuration()).orElse(null);
	}

}
