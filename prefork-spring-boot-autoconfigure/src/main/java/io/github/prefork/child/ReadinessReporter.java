package io.github.prefork.child;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Tells the master whether the application accepts traffic.
 */
public final class ReadinessReporter implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final ChildLink link;

	private final ApplicationContext context;

	/**
	 * Create the reporter.
	 * @param link the tie to the master
	 * @param context the main application context; events of other contexts are ignored
	 */
	public ReadinessReporter(ChildLink link, ApplicationContext context) {
		this.link = link;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getSource() instanceof ApplicationContext source && source != this.context) {
			return;
		}
		this.link.readiness(event.getState() == ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Override
	public boolean supportsAsyncExecution() {
		// Two changes must not overtake each other
		return false;
	}

}
