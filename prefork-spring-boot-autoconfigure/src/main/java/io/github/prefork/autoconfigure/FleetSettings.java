package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.github.prefork.master.MasterSettings;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.supervisor.SupervisorSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * Makes the settings of a master out of the properties: has each value checked and works
 * out the defaults that depend on other values or on the machine.
 */
final class FleetSettings {

	private static final Log logger = LogFactory.getLog(FleetSettings.class);

	/** What the JVM of a child surely has in use. */
	private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(100);

	private final PreforkProperties properties;

	private final GracePeriod gracePeriod;

	private final int processors;

	private final Platform platform;

	/**
	 * Create the maker.
	 * @param properties the properties
	 * @param gracePeriod the grace period that holds where none is set
	 * @param processors the number of processors of the machine
	 * @param platform what the machine offers
	 */
	FleetSettings(PreforkProperties properties, GracePeriod gracePeriod, int processors, Platform platform) {
		this.properties = properties;
		this.gracePeriod = gracePeriod;
		this.processors = processors;
		this.platform = platform;
	}

	static FleetSettings of(PreforkProperties properties, ConfigurableEnvironment environment, Platform platform) {
		return new FleetSettings(properties, GracePeriod.from(environment), Runtime.getRuntime().availableProcessors(),
				platform);
	}

	MasterSettings toMasterSettings() {
		ChildSettings child = child();
		MasterSettings.Count count = count(child);
		int backlog = FleetChecks.atLeast(1, "backlog", this.properties.getBacklog());
		Duration heartbeat = FleetChecks.positive("heartbeat.interval", this.properties.getHeartbeat().getInterval());
		Network network = FleetChecks.network(this.properties.getNetwork(), this.platform);
		return new MasterSettings(mode(), network, backlog, heartbeat, drainTimeout(),
				supervisor(count.children(), child), child, count.reason())
			.withStartupCache(this.properties.getStartupCache());
	}

	private ListenerMode mode() {
		return this.platform.mode(this.properties.getListener());
	}

	private ChildSettings child() {
		PreforkProperties.Child child = this.properties.getChild();
		child.getJvmArgs().forEach(FleetChecks::jvmArgument);
		child.getEnvironment().forEach(FleetChecks::variable);
		return new ChildSettings(FleetChecks.atLeast(1, "child.processors", child.getProcessors()), child.getJvmArgs(),
				child.getArgs(), child.getEnvironment(), heap(child.getHeap()));
	}

	private static ChildHeap heap(String value) {
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "", "split" -> ChildHeap.SPLIT;
			case "inherit" -> ChildHeap.INHERIT;
			default -> ChildHeap.ofSize(FleetChecks.heapSize(value));
		};
	}

	private MasterSettings.Count count(ChildSettings child) {
		Integer children = this.properties.getChildren();
		return (children != null)
				? new MasterSettings.Count(FleetChecks.atLeast(1, "children", children), "prefork.children")
				: MasterSettings.Count.ofThisMachine(child, wantedStandbys());
	}

	private SupervisorSettings supervisor(int children, ChildSettings child) {
		int maxChildren = maxChildren(children, child);
		PreforkProperties.Heartbeat heartbeat = this.properties.getHeartbeat();
		return new SupervisorSettings(children, maxChildren, standby(maxChildren),
				FleetChecks.minReady(this.properties.getMinReady(), children), mode() != ListenerMode.SHARED,
				FleetChecks.positive("boot-timeout", this.properties.getBootTimeout()), bootParallelism(),
				FleetChecks.notNegative("assist.after", this.properties.getAssist().getAfter()),
				FleetChecks.stallTimeout(heartbeat), FleetChecks.hangTimeout(heartbeat), gracePeriod(),
				recovery(children), this.properties.getHooks().getOnError(), recycle());
	}

	private int maxChildren(int children, ChildSettings child) {
		Integer value = this.properties.getMaxChildren();
		if (value == null) {
			int standby = Math.max(this.properties.getStandby(), 0);
			return Math.max(Math.max(children, standby),
					MasterSettings.Count.most(this.processors, child, children, standby));
		}
		return FleetChecks.maxChildren(value, children);
	}

	// Before they are checked, which takes the number of children
	private int wantedStandbys() {
		return (mode() != ListenerMode.CHILD_BOUND) ? Math.max(this.properties.getStandby(), 0) : 0;
	}

	private int standby(int maxChildren) {
		PreforkProperties properties = this.properties;
		int standby = FleetChecks.standby(properties.getStandby(), maxChildren, properties.getListener());
		if (standby > 0 && mode() == ListenerMode.CHILD_BOUND) {
			logger.warn("There are no standbys (prefork.standby): without passed listeners a child that is booted "
					+ "accepts connections");
			return 0;
		}
		return standby;
	}

	private int bootParallelism() {
		Integer value = this.properties.getBootParallelism();
		return (value != null) ? FleetChecks.atLeast(1, "boot-parallelism", value) : Math.max(1, this.processors / 2);
	}

	private Duration gracePeriod() {
		Duration value = this.properties.getShutdown().getGracePeriod();
		return (value != null) ? FleetChecks.notNegative("shutdown.grace-period", value) : this.gracePeriod.value();
	}

	private Duration drainTimeout() {
		// Each child reads it for itself, but an invalid one must not cost a launch
		FleetChecks.notNegative("drain.idle-timeout", this.properties.getDrain().getIdleTimeout());
		GracePeriod period = new GracePeriod(gracePeriod());
		Duration value = this.properties.getDrain().getTimeout();
		if (value == null) {
			return period.longestDrain(GracePeriod.LONGEST_DEFAULT_DRAIN);
		}
		return FleetChecks.drainTimeout(value, period);
	}

	private SupervisorSettings.Recovery recovery(int children) {
		PreforkProperties.Recovery recovery = this.properties.getRecovery();
		Duration window = FleetChecks.notNegative("recovery.window", recovery.getWindow());
		Duration interval = FleetChecks.notNegative("recovery.interval", recovery.getInterval());
		Duration maxInterval = FleetChecks.maxInterval(recovery.getMaxInterval(), interval);
		return new SupervisorSettings.Recovery(threshold(recovery.getThreshold(), window, children), window, interval,
				maxInterval, recovery.getOnExceeded());
	}

	private int threshold(@Nullable Integer threshold, Duration window, int children) {
		if (threshold != null) {
			return FleetChecks.atLeast(0, "recovery.threshold", threshold);
		}
		// With the whole life as window: fasthttp's default
		return window.isZero() ? Math.max(1, this.processors / 2) : Math.max(5, 3 * children);
	}

	private SupervisorSettings.Recycle recycle() {
		PreforkProperties.Recycle recycle = this.properties.getRecycle();
		long maxRequests = FleetChecks.notNegative("recycle.max-requests", recycle.getMaxRequests());
		double jitter = FleetChecks.jitter(recycle.getJitter());
		return new SupervisorSettings.Recycle(maxRequests,
				FleetChecks.notNegative("recycle.max-lifetime", recycle.getMaxLifetime()),
				maxMemory(recycle.getMaxMemory()), jitter);
	}

	private static long maxMemory(DataSize value) {
		FleetChecks.notNegative("recycle.max-memory", value);
		if (value.toBytes() > 0 && value.compareTo(LEAST_MEMORY) < 0) {
			logger
				.warn(("prefork.recycle.max-memory=%dMB is less than the JVM of a Spring Boot application needs at all: "
						+ "children will be replaced all the time. It is compared with the memory of the whole process, "
						+ "not with its heap")
					.formatted(value.toMegabytes()));
		}
		return value.toBytes();
	}

}
