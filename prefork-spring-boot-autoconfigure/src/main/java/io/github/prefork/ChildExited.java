package io.github.prefork;

import java.time.Duration;

/**
 * A child process has ended.
 *
 * @param slot the place that it filled
 * @param generation the rollout that it belonged to
 * @param pid its process id
 * @param exitCode its exit status as the JVM reports it, 128 + n for signal n
 * @param uptime the time from its launch until its end
 * @param planned whether the master had asked for it
 * @param reason why it ended
 */
public record ChildExited(int slot, int generation, long pid, int exitCode, Duration uptime, boolean planned,
		ExitReason reason) implements PreforkEvent {

}
