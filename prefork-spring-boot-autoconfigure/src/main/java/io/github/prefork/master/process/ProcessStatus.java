package io.github.prefork.master.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.process.ProcessStat;
import io.github.prefork.supervisor.ProcessLook;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the system tells about the process of a child.
 */
public final class ProcessStatus {

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

	/**
	 * Return the time that the processors have worked for a process.
	 * @param pid its process id
	 * @return the time, {@code null} if it is not known or there is no such process
	 */
	public static @Nullable Duration cpuTime(long pid) {
		return ProcessHandle.of(pid).flatMap((process) -> process.info().totalCpuDuration()).orElse(null);
	}

}
