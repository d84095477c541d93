package io.github.prefork.child;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

import io.github.prefork.channel.ToMaster;
import io.github.prefork.child.drain.ServerConnections;

/**
 * What this child tells of itself with each heartbeat. It is put together ten times a
 * second, so nothing of it may be expensive.
 */
final class FiguresOfChild {

	private final LoopProbe probe;

	private final ServerConnections connections;

	private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

	FiguresOfChild(LoopProbe probe, ServerConnections connections) {
		this.probe = probe;
		this.connections = connections;
	}

	/**
	 * Take the figures, and ask the event loops for the next ones.
	 * @return the heartbeat
	 */
	ToMaster.Heartbeat heartbeat() {
		// Before they are asked again, since they need a moment to answer
		long delay = this.probe.delayNanos();
		return new ToMaster.Heartbeat(this.probe.blockedMillis(), new ToMaster.Figures(this.connections.requests(),
				this.connections.connections(), usedHeap(), delay, gcMillis()));
	}

	private static long usedHeap() {
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private long gcMillis() {
		long millis = 0;
		for (GarbageCollectorMXBean collector : this.collectors) {
			millis += Math.max(0, collector.getCollectionTime());
		}
		return millis;
	}

}
