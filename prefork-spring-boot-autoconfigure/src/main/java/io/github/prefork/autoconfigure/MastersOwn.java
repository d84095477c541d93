package io.github.prefork.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.ApplicationPidFileWriter;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.context.WebServerPortFileWriter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Keeps a child away from what the master alone has: the management server on its own
 * port, the pid file and the port file, which a child would overwrite and, when it exits,
 * delete.
 */
final class MastersOwn implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final String MANAGEMENT_SERVER = "childManagementContextInitializer";

	private MastersOwn() {
	}

	static void leave(SpringApplication application) {
		Set<ApplicationListener<?>> listeners = application.getListeners();
		listeners.forEach((listener) -> {
			if (listener instanceof ApplicationPidFileWriter writer) {
				// It is in the multicaster of the early events already
				silence(writer);
			}
		});
		application.setListeners(listeners.stream()
			.filter((listener) -> !(listener instanceof WebServerPortFileWriter))
			.collect(Collectors.toList()));
		if (application.getInitializers().stream().noneMatch(MastersOwn.class::isInstance)) {
			application.addInitializers(new MastersOwn());
		}
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(MastersOwn::removeManagementServer);
		context.addBeanFactoryPostProcessor((beanFactory) -> beanFactory.addBeanPostProcessor(new SilentFileWriters()));
	}

	private static void silence(ApplicationPidFileWriter writer) {
		writer.setTriggerEventType(NeverPublished.class);
	}

	private static void removeManagementServer(ConfigurableListableBeanFactory beanFactory) {
		// It is there only if the management port differs. Changing that property here
		// would not do: after ahead-of-time processing the condition is frozen
		if (beanFactory instanceof BeanDefinitionRegistry registry
				&& registry.containsBeanDefinition(MANAGEMENT_SERVER)) {
			registry.removeBeanDefinition(MANAGEMENT_SERVER);
		}
	}

	/**
	 * An event that never comes.
	 */
	private abstract static class NeverPublished extends SpringApplicationEvent {

		NeverPublished(SpringApplication application) {
			super(application, new String[0]);
		}

	}

	/**
	 * Writers that are beans.
	 */
	private static final class SilentFileWriters implements BeanPostProcessor {

		@Override
		public Object postProcessBeforeInitialization(Object bean, String beanName) {
			if (bean instanceof ApplicationPidFileWriter writer) {
				silence(writer);
			}
			return (bean instanceof WebServerPortFileWriter) ? new SilentPortFileWriter() : bean;
		}

	}

	/**
	 * Does not write.
	 */
	private static final class SilentPortFileWriter extends WebServerPortFileWriter {

		@Override
		public void onApplicationEvent(WebServerInitializedEvent event) {
			// The master does
		}

	}

}
