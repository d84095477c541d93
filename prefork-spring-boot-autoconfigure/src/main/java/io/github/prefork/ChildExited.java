package io.github.prefork;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * A child process has ended.
 *
 * @param slot the place that it filled
 * @param generation the rollout that it belonged to
 * @param pid its process id
 * @param exitCode its exit status as the JVM reports it, 128 + n for signal n, -1 if it
 * is not known
 * @param uptime the time from its launch until its end
 * @param planned whether the master had asked for it
 * @param reason why it ended
 * @param crashReport the file that its JVM has written, such as {@code hs_err-0.log}, or
 * what {@code -XX:ErrorFile} calls it; {@code null} if there is none where it should be
 */
public record ChildExited(int slot, int generation, long pid, int exitCode, Duration uptime, boolean planned,
		ExitReason reason, @Nullable Path crashReport) implements PreforkEvent {

	private static final int SIGNAL_BASE = 128;

	private static final int MAX_SIGNAL = 64;

	/**
	 * Return the signal that the exit status stands for. That it has ended the process is
	 * not certain: a JVM that gets SIGTERM ends in order and returns the same status,
	 * 143.
	 * @return the number of the signal, such as 9 for SIGKILL; empty if the status stands
	 * for none
	 */
	public OptionalInt signal() {
		int signal = this.exitCode - SIGNAL_BASE;
		return (signal > 0 && signal <= MAX_SIGNAL) ? OptionalInt.of(signal) : OptionalInt.empty();
	}

}
