package io.github.prefork;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is counted and measured of a live child, immutable. The figures are those of its
 * last heartbeat and what the system tells of its process at the moment.
 *
 * @param requests the requests that have come to the child so far, counted when they
 * begin; each HTTP/2 stream is one
 * @param connections the connections that are open
 * @param heapUsed how much of its heap is in use, in bytes; garbage is part of it
 * @param eventLoopDelay how long its slowest event loop took to answer when it was last
 * asked, or has not answered by now
 * @param gcTime how long garbage collections took so far
 * @param heartbeatAge the time since its last heartbeat was noticed; while all is well up
 * to the interval of the heartbeats and a quarter of the stall-timeout
 * @param residentMemory how much memory its process has in use, in bytes (VmRSS),
 * {@code null} if not known
 * @param cpuTime the processor time that its process has used so far, {@code null} if not
 * known
 */
public record ChildFigures(long requests, long connections, long heapUsed, Duration eventLoopDelay, Duration gcTime,
		Duration heartbeatAge, @Nullable Long residentMemory, @Nullable Duration cpuTime) {

}
