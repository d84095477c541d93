package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.master.FleetHost;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application context of the master as the fleet's host. Safe for use by several
 * threads.
 */
final class ApplicationFleetHost implements FleetHost, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private static final Log logger = LogFactory.getLog(ApplicationFleetHost.class);

	private final ConfigurableApplicationContext context;

	private final FleetPublisher publisher;

	private volatile boolean refusing;

	ApplicationFleetHost(ConfigurableApplicationContext context) {
		this.context = context;
		this.publisher = new FleetPublisher(context);
	}

	@Override
	public void publish(PreforkEvent event) {
		this.publisher.publish(event);
	}

	@Override
	public void readiness(boolean accepting) {
		this.refusing = !accepting;
		publishReadiness();
	}

	private void publishReadiness() {
		boolean published;
		do {
			published = this.refusing;
			AvailabilityChangeEvent.publish(this.context,
					published ? ReadinessState.REFUSING_TRAFFIC : ReadinessState.ACCEPTING_TRAFFIC);
		}
		// Another thread may have changed and published it meanwhile
		while (published != this.refusing);
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		// Spring Boot says so at the end of the start, when the fleet may know better
		if (this.refusing && event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			publishReadiness();
		}
	}

	@Override
	public void failed(PreforkException cause) {
		Thread thread = new Thread(() -> exit(cause), "prefork-failed");
		thread.setDaemon(false);
		thread.start();
	}

	private void exit(PreforkException cause) {
		int status = 1;
		try {
			logger.error(FailureReport.of(cause));
			status = SpringApplication.exit(this.context, () -> 1);
		}
		finally {
			// Whatever happens, a master without a fleet must not live on
			System.exit(status);
		}
	}

}
