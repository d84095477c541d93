package io.github.prefork.autoconfigure;

import java.time.Duration;

import org.springframework.boot.web.server.Shutdown;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * How long the children may take to stop before they are killed:
 * {@code prefork.shutdown.grace-period}, else what the application needs.
 *
 * @param value the grace period, not negative
 */
record GracePeriod(Duration value) {

	static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration DEFAULT_PHASE_TIMEOUT = Duration.ofSeconds(30);

	/**
	 * The longest drain where none is set.
	 */
	static final Duration LONGEST_DEFAULT_DRAIN = Duration.ofSeconds(25);

	private static final Duration DRAIN_MARGIN = Duration.ofSeconds(2);

	private static final Duration MARGIN = Duration.ofSeconds(5);

	GracePeriod {
		value = value.isNegative() ? Duration.ZERO : value;
	}

	/**
	 * Read the grace period from what the user has set. Gives the same answer before and
	 * after the role's properties are laid over the user's.
	 * @param environment the environment
	 * @return the grace period
	 */
	static GracePeriod from(ConfigurableEnvironment environment) {
		return from(new UserSettings(environment));
	}

	static GracePeriod from(UserSettings settings) {
		return new GracePeriod(settings.get("prefork.shutdown.grace-period", needed(settings)));
	}

	private static Duration needed(UserSettings settings) {
		Shutdown shutdown = settings.get("server.shutdown", Shutdown.GRACEFUL);
		return (shutdown != Shutdown.GRACEFUL) ? MARGIN
				: settings.get(PHASE_TIMEOUT, DEFAULT_PHASE_TIMEOUT).plus(MARGIN);
	}

	/**
	 * Return how long requests in flight may take when a child ends:
	 * {@code prefork.drain.timeout}, else what the grace period leaves.
	 * @param settings the settings of the user
	 * @return the timeout, not negative
	 */
	Duration drainTimeout(UserSettings settings) {
		Duration set = settings.get("prefork.drain.timeout", longestDrain(LONGEST_DEFAULT_DRAIN));
		return set.isNegative() ? Duration.ZERO : set;
	}

	/**
	 * Return how long a drain may take.
	 * @param atMost a limit beside the one of the grace period
	 * @return the longest drain, not negative
	 */
	Duration longestDrain(Duration atMost) {
		Duration longest = this.value.minus(DRAIN_MARGIN);
		if (longest.isNegative()) {
			return Duration.ZERO;
		}
		return (longest.compareTo(atMost) < 0) ? longest : atMost;
	}

	/**
	 * Return how long the master's own web server may take to stop gracefully: longer
	 * than its children, so that it can kill who is left.
	 * @return the least timeout of a shutdown phase in the master
	 */
	Duration phaseTimeout() {
		return this.value.plus(MARGIN);
	}

}
