package io.github.prefork.supervisor;

import java.util.random.RandomGenerator;

/**
 * All that is outside of the supervisor.
 *
 * @param time its time
 * @param processes the processes of the children
 * @param messenger what it says to the children
 * @param listeners the listening sockets
 * @param announcer what it tells the application
 * @param random for jitter
 */
public record Ports(Time time, Processes processes, Messenger messenger, Listeners listeners, Announcer announcer,
		RandomGenerator random) {

}
