package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.prefork.child.OnMasterDeath;
import io.github.prefork.master.cache.StartupCacheMode;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.supervisor.HookRule;
import io.github.prefork.supervisor.OnExceeded;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings of prefork.
 */
@ConfigurationProperties("prefork")
public class PreforkProperties {

	/**
	 * Whether prefork is active.
	 */
	private boolean enabled = true;

	/**
	 * Whether to fail where prefork cannot work, instead of running the application
	 * alone.
	 */
	private boolean required;

	/**
	 * Number of children. By default as many as processors and memory allow.
	 */
	private @Nullable Integer children;

	/**
	 * Number of children that scaling can not exceed. By default four for each processor,
	 * or as many as memory allows, and never fewer than the number of children.
	 */
	private @Nullable Integer maxChildren;

	/**
	 * Number of children that are booted and wait to take the place of a lost one.
	 */
	private int standby;

	/**
	 * Number of ready children below which the readiness of the master refuses traffic.
	 */
	private int minReady = 1;

	/**
	 * How the children share the port.
	 */
	private ListenerMode listener = ListenerMode.REUSEPORT;

	/**
	 * Kind of addresses that the port is opened on.
	 */
	private Network network = Network.TCP;

	/**
	 * Length of the accept queue of each listener.
	 */
	private int backlog = 1024;

	/**
	 * Time that a child may take from its launch until it is ready.
	 */
	private Duration bootTimeout = Duration.ofSeconds(60);

	/**
	 * Number of children that may boot at the same time. By default half of the
	 * processors.
	 */
	private @Nullable Integer bootParallelism;

	/**
	 * How the children start faster: from an extracted layout of the application with an
	 * archive of its classes, which is made in the background.
	 */
	private StartupCacheMode startupCache = StartupCacheMode.AUTO;

	private final Assist assist = new Assist();

	private final Heartbeat heartbeat = new Heartbeat();

	private final Recovery recovery = new Recovery();

	private final Hooks hooks = new Hooks();

	private final Shutdown shutdown = new Shutdown();

	private final Drain drain = new Drain();

	private final Recycle recycle = new Recycle();

	private final Child child = new Child();

	private final Master master = new Master();

	private final Skip skip = new Skip();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isRequired() {
		return this.required;
	}

	public void setRequired(boolean required) {
		this.required = required;
	}

	public @Nullable Integer getChildren() {
		return this.children;
	}

	public void setChildren(@Nullable Integer children) {
		this.children = children;
	}

	public @Nullable Integer getMaxChildren() {
		return this.maxChildren;
	}

	public void setMaxChildren(@Nullable Integer maxChildren) {
		this.maxChildren = maxChildren;
	}

	public int getStandby() {
		return this.standby;
	}

	public void setStandby(int standby) {
		this.standby = standby;
	}

	public int getMinReady() {
		return this.minReady;
	}

	public void setMinReady(int minReady) {
		this.minReady = minReady;
	}

	public ListenerMode getListener() {
		return this.listener;
	}

	public void setListener(ListenerMode listener) {
		this.listener = listener;
	}

	public Network getNetwork() {
		return this.network;
	}

	public void setNetwork(Network network) {
		this.network = network;
	}

	public int getBacklog() {
		return this.backlog;
	}

	public void setBacklog(int backlog) {
		this.backlog = backlog;
	}

	public Duration getBootTimeout() {
		return this.bootTimeout;
	}

	public void setBootTimeout(Duration bootTimeout) {
		this.bootTimeout = bootTimeout;
	}

	public @Nullable Integer getBootParallelism() {
		return this.bootParallelism;
	}

	public void setBootParallelism(@Nullable Integer bootParallelism) {
		this.bootParallelism = bootParallelism;
	}

	public StartupCacheMode getStartupCache() {
		return this.startupCache;
	}

	public void setStartupCache(StartupCacheMode startupCache) {
		this.startupCache = startupCache;
	}

	public Assist getAssist() {
		return this.assist;
	}

	public Heartbeat getHeartbeat() {
		return this.heartbeat;
	}

	public Recovery getRecovery() {
		return this.recovery;
	}

	public Hooks getHooks() {
		return this.hooks;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Drain getDrain() {
		return this.drain;
	}

	public Recycle getRecycle() {
		return this.recycle;
	}

	public Child getChild() {
		return this.child;
	}

	public Master getMaster() {
		return this.master;
	}

	public Skip getSkip() {
		return this.skip;
	}

	/**
	 * When children accept on the listener of a sibling.
	 */
	public static class Assist {

		/**
		 * Time that connections may wait in an accept queue before siblings accept there
		 * too. Zero for never.
		 */
		private Duration after = Duration.ofMillis(20);

		public Duration getAfter() {
			return this.after;
		}

		public void setAfter(Duration after) {
			this.after = after;
		}

	}

	/**
	 * Signs of life of the children.
	 */
	public static class Heartbeat {

		/**
		 * Time between two heartbeats of a child.
		 */
		private Duration interval = Duration.ofMillis(100);

		/**
		 * Age of the last heartbeat from which on a child is stalled. An event loop that
		 * does not answer for this long counts alike.
		 */
		private Duration stallTimeout = Duration.ofMillis(500);

		/**
		 * Time without a heartbeat, or with an event loop that does not answer, after
		 * which a child is ended and replaced. Zero for never.
		 */
		private Duration timeout = Duration.ofSeconds(30);

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public Duration getStallTimeout() {
			return this.stallTimeout;
		}

		public void setStallTimeout(Duration stallTimeout) {
			this.stallTimeout = stallTimeout;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Replacement of lost children.
	 */
	public static class Recovery {

		/**
		 * Number of unplanned exits that are allowed within the window.
		 */
		private @Nullable Integer threshold;

		/**
		 * Time over which unplanned exits are counted. Zero for the whole life of the
		 * master.
		 */
		private Duration window = Duration.ofSeconds(60);

		/**
		 * Time to wait before a lost child is replaced.
		 */
		private Duration interval = Duration.ZERO;

		/**
		 * Longest time to wait before the replacement of children that do not live long.
		 */
		private Duration maxInterval = Duration.ofSeconds(30);

		/**
		 * What to do when more children end than allowed.
		 */
		private OnExceeded onExceeded = OnExceeded.FAIL;

		public @Nullable Integer getThreshold() {
			return this.threshold;
		}

		public void setThreshold(@Nullable Integer threshold) {
			this.threshold = threshold;
		}

		public Duration getWindow() {
			return this.window;
		}

		public void setWindow(Duration window) {
			this.window = window;
		}

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public Duration getMaxInterval() {
			return this.maxInterval;
		}

		public void setMaxInterval(Duration maxInterval) {
			this.maxInterval = maxInterval;
		}

		public OnExceeded getOnExceeded() {
			return this.onExceeded;
		}

		public void setOnExceeded(OnExceeded onExceeded) {
			this.onExceeded = onExceeded;
		}

	}

	/**
	 * Listeners of the events in the master.
	 */
	public static class Hooks {

		/**
		 * What an exception from a listener of ChildSpawned, MasterReady or
		 * ChildRecovered leads to.
		 */
		private HookRule onError = HookRule.ABORT;

		public HookRule getOnError() {
			return this.onError;
		}

		public void setOnError(HookRule onError) {
			this.onError = onError;
		}

	}

	/**
	 * Stop of the fleet.
	 */
	public static class Shutdown {

		/**
		 * Time that the children have to stop before they are killed. By default what the
		 * shutdown of the application needs.
		 */
		private @Nullable Duration gracePeriod;

		public @Nullable Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(@Nullable Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

	}

	/**
	 * End of a child.
	 */
	public static class Drain {

		/**
		 * Time that requests in flight have when a child ends.
		 */
		private @Nullable Duration timeout;

		/**
		 * Time that a connection may be idle when a child ends, before it is closed.
		 */
		private Duration idleTimeout = Duration.ofSeconds(1);

		public @Nullable Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(@Nullable Duration timeout) {
			this.timeout = timeout;
		}

		public Duration getIdleTimeout() {
			return this.idleTimeout;
		}

		public void setIdleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
		}

	}

	/**
	 * Replacement of children that are well.
	 */
	public static class Recycle {

		/**
		 * Number of requests after which a child is replaced. Zero for never.
		 */
		private long maxRequests;

		/**
		 * Time after which a child that serves is replaced. Zero for never.
		 */
		private Duration maxLifetime = Duration.ZERO;

		/**
		 * Memory of the process of a child (RSS) above which it is replaced. Zero for
		 * never.
		 */
		private DataSize maxMemory = DataSize.ofBytes(0);

		/**
		 * Fraction by which the limits of a child may differ from these, so that children
		 * do not reach them together.
		 */
		private double jitter = 0.1;

		public long getMaxRequests() {
			return this.maxRequests;
		}

		public void setMaxRequests(long maxRequests) {
			this.maxRequests = maxRequests;
		}

		public Duration getMaxLifetime() {
			return this.maxLifetime;
		}

		public void setMaxLifetime(Duration maxLifetime) {
			this.maxLifetime = maxLifetime;
		}

		public DataSize getMaxMemory() {
			return this.maxMemory;
		}

		public void setMaxMemory(DataSize maxMemory) {
			this.maxMemory = maxMemory;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

	}

	/**
	 * Processes of the children.
	 */
	public static class Child {

		/**
		 * Number of processors that the JVM of a child uses.
		 */
		private int processors = 1;

		/**
		 * Options to append to the JVM options of each child.
		 */
		private List<String> jvmArgs = new ArrayList<>();

		/**
		 * Arguments to append to the application arguments of each child.
		 */
		private List<String> args = new ArrayList<>();

		/**
		 * Variables to add to the environment of each child.
		 */
		private Map<String, String> environment = new LinkedHashMap<>();

		/**
		 * Heap of each child: 'split' divides the heap and the direct memory of one JVM
		 * among all, 'inherit' gives each what the master was launched with, and a data
		 * size such as 256MB is the maximum heap.
		 */
		private String heap = "split";

		/**
		 * What a child does when its master has died.
		 */
		private OnMasterDeath onMasterDeath = OnMasterDeath.EXIT;

		public int getProcessors() {
			return this.processors;
		}

		public void setProcessors(int processors) {
			this.processors = processors;
		}

		public List<String> getJvmArgs() {
			return this.jvmArgs;
		}

		public void setJvmArgs(List<String> jvmArgs) {
			this.jvmArgs = jvmArgs;
		}

		public List<String> getArgs() {
			return this.args;
		}

		public void setArgs(List<String> args) {
			this.args = args;
		}

		public Map<String, String> getEnvironment() {
			return this.environment;
		}

		public void setEnvironment(Map<String, String> environment) {
			this.environment = environment;
		}

		public String getHeap() {
			return this.heap;
		}

		public void setHeap(String heap) {
			this.heap = heap;
		}

		public OnMasterDeath getOnMasterDeath() {
			return this.onMasterDeath;
		}

		public void setOnMasterDeath(OnMasterDeath onMasterDeath) {
			this.onMasterDeath = onMasterDeath;
		}

	}

	/**
	 * Process that supervises the children.
	 */
	public static class Master {

		/**
		 * Whether the master leaves the beans of the application uncreated.
		 */
		private boolean lazy = true;

		/**
		 * Whether the child of slot 0 is launched before the application context of the
		 * master starts, which waits until that child serves.
		 */
		private boolean earlyLaunch = true;

		public boolean isLazy() {
			return this.lazy;
		}

		public void setLazy(boolean lazy) {
			this.lazy = lazy;
		}

		public boolean isEarlyLaunch() {
			return this.earlyLaunch;
		}

		public void setEarlyLaunch(boolean earlyLaunch) {
			this.earlyLaunch = earlyLaunch;
		}

	}

	/**
	 * Where prefork stays inactive.
	 */
	public static class Skip {

		/**
		 * Whether an application that is run by a test stands alone.
		 */
		private boolean inTests = true;

		public boolean isInTests() {
			return this.inTests;
		}

		public void setInTests(boolean inTests) {
			this.inTests = inTests;
		}

	}

}
