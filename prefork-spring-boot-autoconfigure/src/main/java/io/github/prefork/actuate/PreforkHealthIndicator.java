package io.github.prefork.actuate;

import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the fleet in the master, and the place of this process elsewhere.
 * <p>
 * {@link Status#OUT_OF_SERVICE} while fewer children are ready than
 * {@code prefork.min-ready}. {@link #DEGRADED} if lost children are not replaced any more
 * because there were too many; it does not change the status of the whole application,
 * whose survivors go on serving. Otherwise {@link Status#UP}, also while a lost child is
 * being replaced.
 */
public final class PreforkHealthIndicator extends AbstractHealthIndicator {

	/**
	 * Lost children are not replaced any more, and those that are left serve.
	 */
	public static final Status DEGRADED = new Status("DEGRADED",
			"Too many children have ended; lost ones are not replaced any more");

	private final Prefork prefork;

	private final int minReady;

	/**
	 * Create the indicator.
	 * @param prefork the fleet
	 * @param minReady the number of ready children that it takes
	 */
	public PreforkHealthIndicator(Prefork prefork, int minReady) {
		super("The health of the fleet can't be told");
		this.prefork = prefork;
		this.minReady = minReady;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("role", this.prefork.role().name());
		if (this.prefork.role() == PreforkRole.MASTER) {
			Fleet fleet = this.prefork.fleet();
			builder.status(status(fleet))
				.withDetail("children", fleet.desired())
				.withDetail("ready", fleet.count(ChildState.READY))
				.withDetail("stalled", fleet.children().stream().filter(Fleet.Member::stalled).count())
				.withDetail("recoveryExceeded", fleet.recoveryExceeded());
		}
		else if (this.prefork.role() == PreforkRole.CHILD) {
			builder.withDetail("slot", this.prefork.slot());
		}
	}

	private Status status(Fleet fleet) {
		if (fleet.count(ChildState.READY) < this.minReady) {
			return Status.OUT_OF_SERVICE;
		}
		return (fleet.recoveryExceeded()) ? DEGRADED : Status.UP;
	}

}
