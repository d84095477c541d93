package io.github.prefork.autoconfigure;

import java.time.Duration;

import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.netty.util.NetUtil;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * What the values of the properties of a fleet must be. Each check returns the value, or
 * throws an {@link InvalidConfigurationPropertyValueException} that names the property,
 * the bad value, and what it must be.
 */
final class FleetChecks {

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final DataSize LEAST_HEAP = DataSize.ofMegabytes(32);

	private FleetChecks() {
	}

	static Network network(Network network, Platform platform) {
		if (network == Network.TCP6 && NetUtil.isIpV4StackPreferred()) {
			throw invalid("network", network, "The JVM has no IPv6 because of -Djava.net.preferIPv4Stack=true.");
		}
		if (network == Network.TCP6 && !platform.epollProblem().isEmpty()) {
			throw invalid("network", network, "Without the native epoll transport (" + platform.epollProblem()
					+ ") IPv4 can't be kept out. Set 'server.address' to an IPv6 address instead.");
		}
		return network;
	}

	static long heapSize(String value) {
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

	static void jvmArgument(String argument) {
		if (argument.isBlank()) {
			throw invalid("child.jvm-args", argument,
					"An empty argument would be taken for the name of the main class.");
		}
	}

	static void variable(String name, String value) {
		if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
			throw invalid("child.environment", name, "It is not the name of an environment variable with its value.");
		}
	}

	static int maxChildren(int maxChildren, int children) {
		if (maxChildren < children) {
			throw invalid("max-children", maxChildren, "It must not be less than prefork.children (" + children + ").");
		}
		return maxChildren;
	}

	static int standby(int standby, int maxChildren, ListenerMode wanted) {
		atLeast(0, "standby", standby);
		if (standby > maxChildren) {
			throw invalid("standby", standby, "It must not be more than prefork.max-children (" + maxChildren + ").");
		}
		if (standby > 0 && wanted == ListenerMode.CHILD_BOUND) {
			throw invalid("standby", standby,
					"With prefork.listener=child-bound a child that is booted accepts connections.");
		}
		return standby;
	}

	static int minReady(int minReady, int children) {
		atLeast(0, "min-ready", minReady);
		if (minReady > children) {
			throw invalid("min-ready", minReady, "There are only " + children + " children.");
		}
		return minReady;
	}

	static Duration stallTimeout(PreforkProperties.Heartbeat heartbeat) {
		Duration timeout = positive("heartbeat.stall-timeout", heartbeat.getStallTimeout());
		if (timeout.compareTo(heartbeat.getInterval().multipliedBy(2)) < 0) {
			throw invalid("heartbeat.stall-timeout", timeout,
					"It must be at least twice prefork.heartbeat.interval (" + Durations.text(heartbeat.getInterval())
							+ "), or responsive children would be taken for stalled ones.");
		}
		return timeout;
	}

	static Duration hangTimeout(PreforkProperties.Heartbeat heartbeat) {
		Duration timeout = notNegative("heartbeat.timeout", heartbeat.getTimeout());
		if (!timeout.isZero() && timeout.compareTo(heartbeat.getStallTimeout()) <= 0) {
			throw invalid("heartbeat.timeout", timeout, "It must be longer than prefork.heartbeat.stall-timeout ("
					+ Durations.text(heartbeat.getStallTimeout()) + "), or zero for never.");
		}
		return timeout;
	}

	static Duration drainTimeout(Duration timeout, GracePeriod period) {
		if (notNegative("drain.timeout", timeout).compareTo(period.longestDrain(timeout)) > 0) {
			throw invalid("drain.timeout", timeout,
					"It must be at least 2 seconds shorter than prefork.shutdown.grace-period ("
							+ Durations.text(period.value())
							+ "), or children would be killed before they are drained.");
		}
		return timeout;
	}

	static Duration maxInterval(Duration maxInterval, Duration interval) {
		notNegative("recovery.max-interval", maxInterval);
		if (maxInterval.compareTo(interval) < 0) {
			throw invalid("recovery.max-interval", maxInterval,
					"It must not be shorter than prefork.recovery.interval (" + Durations.text(interval) + ").");
		}
		return maxInterval;
	}

	static double jitter(double jitter) {
		if (!(jitter >= 0 && jitter <= 1)) {
			throw invalid("recycle.jitter", jitter, "It must be a fraction between 0 and 1.");
		}
		return jitter;
	}

	static int atLeast(int minimum, String name, int value) {
		if (value < minimum) {
			throw invalid(name, value, "It must be at least " + minimum + ".");
		}
		return value;
	}

	static Duration positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw invalid(name, value, "It must be longer than zero.");
		}
		return notTooLong(name, value);
	}

	static Duration notNegative(String name, Duration value) {
		requireNotNegative(name, value, value.isNegative());
		return notTooLong(name, value);
	}

	static DataSize notNegative(String name, DataSize value) {
		requireNotNegative(name, value, value.isNegative());
		return value;
	}

	static long notNegative(String name, long value) {
		requireNotNegative(name, value, value < 0);
		return value;
	}

	private static void requireNotNegative(String name, Object value, boolean negative) {
		if (negative) {
			throw invalid(name, value, "It must not be negative.");
		}
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
