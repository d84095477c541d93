package io.github.prefork.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.github.prefork.supervisor.ProcessLook;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the system tells about a process.
 */
final class ProcessStatus {

	/** Stopped by a signal, or by a debugger that traces it. */
	private static final Set<String> STOPPED = Set.of("T", "t");

	private ProcessStatus() {
	}

	/**
	 * Look at a process.
	 * @param pid its process id
	 * @param proc where the system shows its processes
	 * @return what is known of it
	 */
	static ProcessLook look(long pid, Path proc) {
		return new ProcessLook(STOPPED.contains(state(proc.resolve(Long.toString(pid)).resolve("stat"))), cpuTime(pid));
	}

	private static String state(Path stat) {
		try {
			// The name before it, in parentheses, may contain anything
			String line = Files.readString(stat);
			return line.substring(line.lastIndexOf(')') + 1).strip().split(" ")[0];
		}
		catch (IOException | RuntimeException ex) {
			return "";
		}
	}

	private static @Nullable Duration cpuTime(long pid) {
		return ProcessHandle.of(pid).flatMap((process) -> process.info().totalCpuDuration()).orElse(null);
	}

}
