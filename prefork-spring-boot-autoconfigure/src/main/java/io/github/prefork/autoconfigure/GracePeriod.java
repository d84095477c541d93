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
	 * Return how long the master's own web server may take to stop gracefully: longer
	 * than its children, so that it can kill who is left.
	 * @return the least timeout of a shutdown phase in the master
	 */
	Duration phaseTimeout() {
		return this.value.plus(MARGIN);
	}

}
