package io.github.prefork.autoconfigure.lazy;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;

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

	/**
	 * Return whether a context was made lazy, and so publishes events synchronously.
	 * @param context the context, refreshed or while it is
	 * @return whether it was
	 */
	public static boolean isAppliedTo(ConfigurableApplicationContext context) {
		return context.getBeanFactory()
			.getSingleton(
					AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME) instanceof MasterEventMulticaster;
	}

}
