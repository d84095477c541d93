package io.github.prefork.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.prefork.PreforkException;
import io.github.prefork.autoconfigure.lazy.LazyMasterInitializer;
import io.github.prefork.autoconfigure.role.ProcessRole;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ends the start of a master or a child whose context lacks prefork's auto-configuration,
 * and tells when the application has ended.
 */
final class RoleInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final List<Class<?>> OWN = List.of(RoleInitializer.class, LazyMasterInitializer.class,
			MastersOwn.class, ChildListeners.class, EarlyLaunch.class);

	private final SpringApplication application;

	private RoleInitializer(SpringApplication application) {
		this.application = application;
	}

	static void register(SpringApplication application) {
		application.addInitializers(new RoleInitializer(application));
	}

	/**
	 * Remove what an earlier run of the application has registered for its role.
	 * @param application the application
	 */
	static void unregister(SpringApplication application) {
		Set<ApplicationContextInitializer<?>> found = application.getInitializers();
		if (found.stream().anyMatch(RoleInitializer.class::isInstance)) {
			application.setInitializers(found.stream()
				.filter((initializer) -> OWN.stream().noneMatch((type) -> type.isInstance(initializer)))
				.collect(Collectors.toList()));
		}
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(RoleInitializer::check);
		context.addApplicationListener(new End(this.application, context));
	}

	private static void check(ConfigurableListableBeanFactory beanFactory) {
		if (!beanFactory.containsBeanDefinition(OwnFactoryCheck.NAME)) {
			throw new PreforkException(
					"The auto-configuration of prefork is missing: PreforkAutoConfiguration is "
							+ "excluded, or the application does not use auto-configuration",
					"Remove the exclusion, or set 'prefork.enabled=false'.", null);
		}
	}

	/**
	 * The end of the application, also if it has failed to start.
	 */
	private static final class End implements ApplicationListener<ApplicationEvent> {

		private final SpringApplication application;

		private final ConfigurableApplicationContext context;

		End(SpringApplication application, ConfigurableApplicationContext context) {
			this.application = application;
			this.context = context;
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			if (event instanceof ContextClosedEvent && event.getSource() == this.context) {
				ProcessRole.closed(this.application);
			}
			else if (event instanceof ApplicationFailedEvent && event.getSource() == this.application) {
				ProcessRole.failed(this.application);
			}
		}

	}

}
