package io.github.prefork.master;

import java.time.Duration;
import java.util.Map;

import io.github.prefork.master.cache.StartupCacheMode;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.command.KnownHeap;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import io.github.prefork.supervisor.SupervisorSettings;

/**
 * The settings of a master, validated by whoever makes them.
 *
 * @param mode {@code prefork.listener}
 * @param network {@code prefork.network}
 * @param backlog {@code prefork.backlog}
 * @param heartbeatInterval {@code prefork.heartbeat.interval}
 * @param drainTimeout {@code prefork.drain.timeout}
 * @param supervisor what the supervisor needs
 * @param child what the children need
 * @param reason why there are so many children, in words
 * @param digests the {@code prefork.*} properties that are set by name, each with a
 * digest of its value
 * @param startupCache {@code prefork.startup-cache}
 */
public record MasterSettings(ListenerMode mode, Network network, int backlog, Duration heartbeatInterval,
		Duration drainTimeout, SupervisorSettings supervisor, ChildSettings child, String reason,
		Map<String, Long> digests, StartupCacheMode startupCache) {

	public MasterSettings {
		digests = Map.copyOf(digests);
	}

	/**
	 * Create settings without a start-up cache that nothing is compared with.
	 * @param mode {@code prefork.listener}
	 * @param network {@code prefork.network}
	 * @param backlog {@code prefork.backlog}
	 * @param heartbeatInterval {@code prefork.heartbeat.interval}
	 * @param drainTimeout {@code prefork.drain.timeout}
	 * @param supervisor what the supervisor needs
	 * @param child what the children need
	 * @param reason why there are so many children, in words
	 */
	public MasterSettings(ListenerMode mode, Network network, int backlog, Duration heartbeatInterval,
			Duration drainTimeout, SupervisorSettings supervisor, ChildSettings child, String reason) {
		this(mode, network, backlog, heartbeatInterval, drainTimeout, supervisor, child, reason, Map.of(),
				StartupCacheMode.OFF);
	}

	/**
	 * Return the same settings with what those of the children are compared with.
	 * @param digests the {@code prefork.*} properties that are set by name, each with a
	 * digest of its value
	 * @return the settings
	 */
	public MasterSettings withDigests(Map<String, Long> digests) {
		return new MasterSettings(this.mode, this.network, this.backlog, this.heartbeatInterval, this.drainTimeout,
				this.supervisor, this.child, this.reason, digests, this.startupCache);
	}

	/**
	 * Return the same settings with a start-up cache.
	 * @param startupCache {@code prefork.startup-cache}
	 * @return the settings
	 */
	public MasterSettings withStartupCache(StartupCacheMode startupCache) {
		return new MasterSettings(this.mode, this.network, this.backlog, this.heartbeatInterval, this.drainTimeout,
				this.supervisor, this.child, this.reason, this.digests, startupCache);
	}

	/**
	 * Return the number of listeners.
	 * @return the number, 0 if each child binds its own
	 */
	public int listeners() {
		return this.mode.listeners(this.supervisor.children());
	}

	/**
	 * Return what the heap of a child is worked out from.
	 * @return the budget, read anew
	 */
	public MemoryBudget memory() {
		return MemoryBudget.ofThisProcess(this.child.heap(), this.supervisor.children() + this.supervisor.standby());
	}

	/**
	 * The number of children where none is set.
	 *
	 * @param children the number of children, at least 1
	 * @param reason why so many, in words
	 */
	public record Count(int children, String reason) {

		private static final int FACTOR = 4;

		/**
		 * Work out the number for this machine or container.
		 * @param child what the children need
		 * @param standby the number of standbys beside them
		 * @return the number and the reason
		 */
		public static Count ofThisMachine(ChildSettings child, int standby) {
			MemoryLimit limit = MemoryLimit.ofThisProcess();
			long heap = KnownHeap.of(child, limit, JvmHeap.ofThisJvm());
			ChildrenDefault result = ChildrenDefault.compute(Runtime.getRuntime().availableProcessors(),
					child.processors(), new ChildrenDefault.Memory(limit.bytes(), heap, standby));
			return new Count(result.children(), result.reason());
		}

		/**
		 * Work out the most that there may be on this machine or in this container, with
		 * heaps as large as they are with the number at the start.
		 * @param processors the number of its processors
		 * @param child what the children need
		 * @param children the number of children at the start
		 * @param standby the number of standbys beside them
		 * @return four for each processor, or as many as memory allows, but in a
		 * container no more than fit into it beside the standbys and a child that
		 * replaces another; at least 1
		 */
		public static int most(int processors, ChildSettings child, int children, int standby) {
			MemoryLimit limit = MemoryLimit.ofThisProcess();
			ChildHeap heap = KnownHeap.as(child, limit, JvmHeap.ofThisJvm());
			MemoryBudget memory = MemoryBudget.ofThisProcess(heap, children + standby);
			int most = ChildrenDefault.compute(FACTOR * processors, 1, new ChildrenDefault.Memory(limit.bytes(), 0, 0))
				.children();
			return Math.max(Math.min(most, memory.most() - standby), 1);
		}

	}

}
