package io.github.prefork.autoconfigure;

import java.time.Duration;

import io.github.prefork.autoconfigure.survey.FleetSurvey;
import io.github.prefork.child.ChildLink;
import io.github.prefork.child.ClaimOutcome.Accepted;
import io.github.prefork.child.DepartureListener;
import io.github.prefork.child.FailureReporter;
import io.github.prefork.child.OnMasterDeath;
import io.github.prefork.child.ProcessClaim;
import io.github.prefork.child.ReadinessReporter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets the master of a child know when the child's application is ready and when it
 * closes.
 */
final class ChildListeners implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private final ChildLink link;

	private ChildListeners(ChildLink link) {
		this.link = link;
	}

	static void register(SpringApplication application) {
		boolean registered = application.getInitializers().stream().anyMatch(ChildListeners.class::isInstance);
		if (!registered && ProcessClaim.outcome() instanceof Accepted accepted) {
			application.addInitializers(new ChildListeners(accepted.link()));
		}
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Binder binder = Binder.get(context.getEnvironment());
		this.link.onMasterDeath(
				binder.bind("prefork.child.on-master-death", OnMasterDeath.class).orElse(OnMasterDeath.EXIT));
		binder.bind("prefork.drain.idle-timeout", Duration.class).ifBound(this.link::drainIdleTimeout);
		this.link.survey(new FleetSurvey(context)::tell);
		context.addApplicationListener(new FailureReporter(this.link));
		context.addApplicationListener(new ReadinessReporter(this.link, context));
		context.addApplicationListener(new DepartureListener(this.link, context));
	}

}
