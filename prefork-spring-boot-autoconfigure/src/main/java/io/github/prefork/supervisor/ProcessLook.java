package io.github.prefork.supervisor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the system tells about a process.
 *
 * @param stopped whether it is known to be stopped, as by SIGSTOP
 * @param traced whether a debugger of the system has stopped it
 * @param cpuTime the processor time that it has used so far, {@code null} if not known
 */
public record ProcessLook(boolean stopped, boolean traced, @Nullable Duration cpuTime) {

	/**
	 * Nothing is known.
	 */
	public static final ProcessLook NONE = new ProcessLook(false, false, null);

}
