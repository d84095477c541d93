package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.github.prefork.master.MasterSettings;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.supervisor.SupervisorSettings;
import io.netty.util.NetUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * Makes the settings of a master out of the properties: checks each value and works out
 * the defaults that depend on other values or on the machine.
 */
final class FleetSettings {

	private static final Log logger = LogFactory.getLog(FleetSettings.class);

	private static final Duration LONGEST = Duration.ofDays(365);

	/** What the JVM of a child surely has in use. */
	private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(100);

	private static final DataSize LEAST_HEAP = DataSize.ofMegabytes(32);

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
		MasterSettings.Count count = count(child.processors());
		int backlog = atLeast(1, "backlog", this.properties.getBacklog());
		Duration heartbeat = positive("heartbeat.interval", this.properties.getHeartbeat().getInterval());
		return new MasterSettings(mode(), network(), backlog, heartbeat, drainTimeout(), supervisor(count.children()),
				child, count.reason())
			.withStartupCache(this.properties.getStartupCache());
	}

	private ListenerMode mode() {
		return this.platform.mode(this.properties.getListener());
	}

	private Network network() {
		Network network = this.properties.getNetwork();
		if (network == Network.TCP6 && NetUtil.isIpV4StackPreferred()) {
			throw invalid("network", network, "The JVM has no IPv6 because of -Djava.net.preferIPv4Stack=true.");
		}
		if (network == Network.TCP6 && !this.platform.epollProblem().isEmpty()) {
			throw invalid("network", network, "Without the native epoll transport (" + this.platform.epollProblem()
					+ ") IPv4 can't be kept out. Set 'server.address' to an IPv6 address instead.");
		}
		return network;
	}

	private ChildSettings child() {
		PreforkProperties.Child child = this.properties.getChild();
		child.getJvmArgs().forEach(FleetSettings::checkJvmArgument);
		child.getEnvironment().forEach(FleetSettings::checkVariable);
		return new ChildSettings(atLeast(1, "child.processors", child.getProcessors()), child.getJvmArgs(),
				child.getArgs(), child.getEnvironment(), heap(child.getHeap()));
	}

	private static ChildHeap heap(String value) {
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "", "split" -> ChildHeap.SPLIT;
			case "inherit" -> ChildHeap.INHERIT;
			default -> ChildHeap.ofSize(heapSize(value));
		};
	}

	private static long heapSize(String value) {
		try {
			long bytes = DataSize.parse(value).toBytes();
			if (bytes >= LEAST_HEAP.toBytes()) {
				return bytes;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// Said below
		}
		throw invalid("child.heap", value, "It must be 'split', 'inherit', or a size of at least "
				+ LEAST_HEAP.toMegabytes() + "MB, such as 256MB.");
	}

	private static void checkJvmArgument(String argument) {
		if (argument.isBlank()) {
			throw invalid("child.jvm-args", argument,
					"An empty argument would be taken for the name of the main class.");
		}
	}

	private static void checkVariable(String name, String value) {
		if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
			throw invalid("child.environment", name, "It is not the name of an environment variable with its value.");
		}
	}

	private MasterSettings.Count count(int childProcessors) {
		Integer children = this.properties.getChildren();
		return (children != null) ? new MasterSettings.Count(atLeast(1, "children", children), "prefork.children")
				: MasterSettings.Count.ofThisMachine(childProcessors);
	}

	private SupervisorSettings supervisor(int children) {
		PreforkProperties.Heartbeat heartbeat = this.properties.getHeartbeat();
		return new SupervisorSettings(children, maxChildren(children), standby(maxChildren(children)),
				minReady(children), mode() != ListenerMode.SHARED,
				positive("boot-timeout", this.properties.getBootTimeout()), bootParallelism(),
				notNegative("assist.after", this.properties.getAssist().getAfter()), stallTimeout(heartbeat),
				hangTimeout(heartbeat), gracePeriod(), recovery(children), this.properties.getHooks().getOnError(),
				recycle());
	}

	private int maxChildren(int children) {
		Integer value = this.properties.getMaxChildren();
		if (value == null) {
			int standby = Math.max(this.properties.getStandby(), 0);
			MemoryBudget memory = MemoryBudget.ofThisProcess(heap(this.properties.getChild().getHeap()),
					children + standby);
			return Math.max(Math.max(children, standby), MasterSettings.Count.most(this.processors, memory, standby));
		}
		if (value < children) {
			throw invalid("max-children", value, "It must not be less than prefork.children (" + children + ").");
		}
		return value;
	}

	private int standby(int maxChildren) {
		int standby = atLeast(0, "standby", this.properties.getStandby());
		if (standby > maxChildren) {
			throw invalid("standby", standby, "It must not be more than prefork.max-children (" + maxChildren + ").");
		}
		if (standby > 0 && this.properties.getListener() == ListenerMode.CHILD_BOUND) {
			throw invalid("standby", standby,
					"With prefork.listener=child-bound a child that is booted accepts connections.");
		}
		if (standby > 0 && mode() == ListenerMode.CHILD_BOUND) {
			logger.warn("There are no standbys (prefork.standby): without passed listeners a child that is booted "
					+ "accepts connections");
			return 0;
		}
		return standby;
	}

	private int minReady(int children) {
		int minReady = atLeast(0, "min-ready", this.properties.getMinReady());
		if (minReady > children) {
			throw invalid("min-ready", minReady, "There are only " + children + " children.");
		}
		return minReady;
	}

	private int bootParallelism() {
		Integer value = this.properties.getBootParallelism();
		return (value != null) ? atLeast(1, "boot-parallelism", value) : Math.max(1, this.processors / 2);
	}

	private Duration stallTimeout(PreforkProperties.Heartbeat heartbeat) {
		Duration timeout = positive("heartbeat.stall-timeout", heartbeat.getStallTimeout());
		if (timeout.compareTo(heartbeat.getInterval().multipliedBy(2)) < 0) {
			throw invalid("heartbeat.stall-timeout", timeout,
					"It must be at least twice prefork.heartbeat.interval (" + Durations.text(heartbeat.getInterval())
							+ "), or responsive children would be taken for stalled ones.");
		}
		return timeout;
	}

	private Duration hangTimeout(PreforkProperties.Heartbeat heartbeat) {
		Duration timeout = notNegative("heartbeat.timeout", heartbeat.getTimeout());
		if (!timeout.isZero() && timeout.compareTo(heartbeat.getStallTimeout()) <= 0) {
			throw invalid("heartbeat.timeout", timeout, "It must be longer than prefork.heartbeat.stall-timeout ("
					+ Durations.text(heartbeat.getStallTimeout()) + "), or zero for never.");
		}
		return timeout;
	}

	private Duration gracePeriod() {
		Duration value = this.properties.getShutdown().getGracePeriod();
		return (value != null) ? notNegative("shutdown.grace-period", value) : this.gracePeriod.value();
	}

	private Duration drainTimeout() {
		// Each child reads it for itself, but an invalid one must not cost a launch
		notNegative("drain.idle-timeout", this.properties.getDrain().getIdleTimeout());
		GracePeriod period = new GracePeriod(gracePeriod());
		Duration value = this.properties.getDrain().getTimeout();
		if (value == null) {
			return period.longestDrain(GracePeriod.LONGEST_DEFAULT_DRAIN);
		}
		if (notNegative("drain.timeout", value).compareTo(period.longestDrain(value)) > 0) {
			throw invalid("drain.timeout", value,
					"It must be at least 2 seconds shorter than prefork.shutdown.grace-period ("
							+ Durations.text(gracePeriod())
							+ "), or children would be killed before they are drained.");
		}
		return value;
	}

	private SupervisorSettings.Recovery recovery(int children) {
		PreforkProperties.Recovery recovery = this.properties.getRecovery();
		Duration window = notNegative("recovery.window", recovery.getWindow());
		Duration interval = notNegative("recovery.interval", recovery.getInterval());
		Duration maxInterval = notNegative("recovery.max-interval", recovery.getMaxInterval());
		if (maxInterval.compareTo(interval) < 0) {
			throw invalid("recovery.max-interval", maxInterval,
					"It must not be shorter than prefork.recovery.interval (" + Durations.text(interval) + ").");
		}
		return new SupervisorSettings.Recovery(threshold(recovery.getThreshold(), window, children), window, interval,
				maxInterval, recovery.getOnExceeded());
	}

	private int threshold(@Nullable Integer threshold, Duration window, int children) {
		if (threshold != null) {
			return atLeast(0, "recovery.threshold", threshold);
		}
		// With the whole life as window: fasthttp's default
		return window.isZero() ? Math.max(1, this.processors / 2) : Math.max(5, 3 * children);
	}

	private SupervisorSettings.Recycle recycle() {
		PreforkProperties.Recycle recycle = this.properties.getRecycle();
		if (recycle.getMaxRequests() < 0) {
			throw invalid("recycle.max-requests", recycle.getMaxRequests(), "It must not be negative.");
		}
		if (!(recycle.getJitter() >= 0 && recycle.getJitter() <= 1)) {
			throw invalid("recycle.jitter", recycle.getJitter(), "It must be a fraction between 0 and 1.");
		}
		return new SupervisorSettings.Recycle(recycle.getMaxRequests(),
				notNegative("recycle.max-lifetime", recycle.getMaxLifetime()), maxMemory(recycle.getMaxMemory()),
				recycle.getJitter());
	}

	private static long maxMemory(DataSize value) {
		if (value.isNegative()) {
			throw invalid("recycle.max-memory", value, "It must not be negative.");
		}
		if (value.toBytes() > 0 && value.compareTo(LEAST_MEMORY) < 0) {
			logger
				.warn(("prefork.recycle.max-memory=%dMB is less than the JVM of a Spring Boot application needs at all: "
						+ "children will be replaced all the time. It is compared with the memory of the whole process, "
						+ "not with its heap")
					.formatted(value.toMegabytes()));
		}
		return value.toBytes();
	}

	private static int atLeast(int minimum, String name, int value) {
		if (value < minimum) {
			throw invalid(name, value, "It must be at least " + minimum + ".");
		}
		return value;
	}

	private static Duration positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw invalid(name, value, "It must be longer than zero.");
		}
		return notTooLong(name, value);
	}

	private static Duration notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw invalid(name, value, "It must not be negative.");
		}
		return notTooLong(name, value);
	}

	private static Duration notTooLong(String name, Duration value) {
		if (value.compareTo(LONGEST) > 0) {
			throw invalid(name, value, "It must not be longer than " + LONGEST.toDays() + " days.");
		}
		return value;
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
		Object text = (value instanceof Duration duration) ? Durations.text(duration) : value;
		return new InvalidConfigurationPropertyValueException("prefork." + name, text, reason);
	}

}
