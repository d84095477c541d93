package io.github.prefork.supervisor;

import java.time.Duration;

/**
 * The settings of the supervisor, validated by whoever makes them.
 *
 * @param children {@code prefork.children}
 * @param maxChildren {@code prefork.max-children}
 * @param standby {@code prefork.standby}
 * @param minReady {@code prefork.min-ready}
 * @param owned whether each slot owns a listener ({@code reuseport}); otherwise all
 * children accept on the one there is ({@code shared}); of no meaning without listeners
 * ({@code child-bound})
 * @param bootTimeout {@code prefork.boot-timeout}
 * @param bootParallelism {@code prefork.boot-parallelism}
 * @param assistAfter {@code prefork.assist.after}, zero for never
 * @param stallTimeout {@code prefork.heartbeat.stall-timeout}
 * @param heartbeatTimeout {@code prefork.heartbeat.timeout}, zero for never
 * @param gracePeriod {@code prefork.shutdown.grace-period}
 * @param recovery {@code prefork.recovery.*}
 * @param hooks {@code prefork.hooks.on-error}
 * @param recycle {@code prefork.recycle.*}
 */
public record SupervisorSettings(int children, int maxChildren, int standby, int minReady, boolean owned,
		Duration bootTimeout, int bootParallelism, Duration assistAfter, Duration stallTimeout,
		Duration heartbeatTimeout, Duration gracePeriod, Recovery recovery, HookRule hooks, Recycle recycle) {

	/**
	 * When and how often lost children are replaced.
	 *
	 * @param threshold how many unplanned exits within the window are allowed
	 * @param window the window, zero for the master's whole life
	 * @param interval the delay before a replacement
	 * @param maxInterval the longest delay that the delay of a slot whose children do not
	 * live long grows to
	 * @param onExceeded what happens above the threshold
	 */
	public record Recovery(int threshold, Duration window, Duration interval, Duration maxInterval,
			OnExceeded onExceeded) {

	}

	/**
	 * When a child that is well is replaced all the same.
	 *
	 * @param maxRequests after so many requests, 0 for never
	 * @param maxLifetime when it has served for so long, zero for never
	 * @param maxMemory when its process uses so many bytes of memory, 0 for never
	 * @param jitter by which fraction a limit of one child may differ from these, 0 to 1
	 */
	public record Recycle(long maxRequests, Duration maxLifetime, long maxMemory, double jitter) {

		/**
		 * No child is replaced for its age.
		 */
		public static final Recycle OFF = new Recycle(0, Duration.ZERO, 0, 0);

		boolean isOff() {
			return this.maxRequests == 0 && this.maxLifetime.isZero() && this.maxMemory == 0;
		}

	}

}
