package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignment;
import io.github.prefork.autoconfigure.role.ProcessRole;
import io.github.prefork.master.EarlyChild;
import org.apache.commons.logging.Log;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Gives the application its role, says why if prefork is not active, lays the role's
 * properties over the user's and prepares the application for its role.
 */
class PreforkEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private final Log log;

	PreforkEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.log = logFactory.getLog(PreforkEnvironmentPostProcessor.class);
	}

	/**
	 * Give the application its role.
	 * @param environment the environment, with the configuration files loaded
	 * @param application the application
	 * @throws PreforkException if prefork is required and can't work here
	 */
	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		UserSettings settings = new UserSettings(environment);
		Assignment assignment = ProcessRole.assign(application,
				(roleTaken) -> new Surroundings(application, settings, roleTaken, Platform::current).read());
		ProcessRole.announce(assignment, this.log);
		// An environment may be shared by several applications
		environment.getPropertySources().remove(RolePropertySource.NAME);
		environment.getPropertySources().addFirst(RolePropertySource.of(assignment, settings));
		prepare(application, assignment, settings);
		launchEarly(environment, application, assignment);
	}

	private static void prepare(SpringApplication application, Assignment assignment, UserSettings settings) {
		RoleInitializer.unregister(application);
		switch (assignment.decision().role()) {
			case MASTER -> {
				RoleInitializer.register(application);
				LazyMaster.prepare(application, settings);
			}
			case CHILD -> {
				RoleInitializer.register(application);
				MastersOwn.leave(application);
				ChildListeners.register(application);
			}
			case STANDALONE -> {
				if (assignment.besideChild()) {
					MastersOwn.leave(application);
				}
			}
		}
	}

	private void launchEarly(ConfigurableEnvironment environment, SpringApplication application,
			Assignment assignment) {
		// What would be launched from a test is the test
		if (assignment.decision().role() == PreforkRole.MASTER
				&& !TestRun.isOnStack(application.getClassLoader(), Thread.currentThread().getStackTrace())) {
			EarlyLaunch.attempt(application, environment, EarlyChild::launch, this.log);
		}
	}

	@Override
	public int getOrder() {
		// After the configuration files and whatever else brings the user's settings
		return Ordered.LOWEST_PRECEDENCE;
	}

}
