package io.github.prefork.channel;

import java.time.Duration;

/**
 * What a child has last said of itself.
 *
 * @param pid the process id, as the child has it
 * @param figures the figures of its last heartbeat
 * @param age the time since the master has noticed its last heartbeat
 */
public record SignOfLife(long pid, ToMaster.Figures figures, Duration age) {

}
