package io.github.prefork.autoconfigure.lazy;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Makes the context of a master lazy, and keeps beans of the application that work by
 * themselves (runners, scheduled methods, {@code Lifecycle} beans, listeners of other
 * events than those of the fleet) out of it.
 */
public final class LazyMasterInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new LazyMasterPostProcessor(context.getEnvironment()));
		context.addApplicationListener(new RunnerGate(context.getBeanFactory()));
	}

}
