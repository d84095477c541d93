package io.github.prefork.actuate;

import java.time.Duration;

import io.github.prefork.ChildFigures;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint writes about the figures of a child. Durations are ISO 8601.
 *
 * @param requests the requests that have come so far
 * @param connections the connections that are open
 * @param heapUsed how much of its heap is in use, in bytes
 * @param residentMemory how much memory its process has in use, in bytes, {@code null} if
 * not known
 * @param cpuTime the processor time that it has used, {@code null} if not known
 * @param gcTime how long garbage collections took
 * @param eventLoopDelay how long its slowest event loop took to answer
 * @param heartbeatAge the time since its last heartbeat
 */
record FiguresBody(long requests, long connections, long heapUsed, @Nullable Long residentMemory,
		@Nullable String cpuTime, String gcTime, String eventLoopDelay, String heartbeatAge) {

	static @Nullable FiguresBody of(@Nullable ChildFigures figures) {
		if (figures == null) {
			return null;
		}
		Duration cpuTime = figures.cpuTime();
		return new FiguresBody(figures.requests(), figures.connections(), figures.heapUsed(), figures.residentMemory(),
				(cpuTime != null) ? OperationBody.iso(cpuTime) : null, OperationBody.iso(figures.gcTime()),
				OperationBody.iso(figures.eventLoopDelay()), OperationBody.iso(figures.heartbeatAge()));
	}

}
