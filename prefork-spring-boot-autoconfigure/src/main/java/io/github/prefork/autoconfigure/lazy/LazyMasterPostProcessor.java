package io.github.prefork.autoconfigure.lazy;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/**
 * Changes the bean definitions of a master. Runs after all definitions are there, those
 * generated ahead of time too.
 * <p>
 * It does not leave it to {@code spring.main.lazy-initialization} to make them lazy: that
 * would make the management context lazy too, and its web server would create what it
 * needs in the first request, on an event loop, where a bean that blocks fails for good.
 */
final class LazyMasterPostProcessor implements BeanFactoryPostProcessor {

	private static final String SCHEDULED_FILTER = "scheduledBeanLazyInitializationExcludeFilter";

	private final Environment environment;

	LazyMasterPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof BeanDefinitionRegistry registry) {
			keepWantedOnly(registry, beanFactory);
			remove(registry, SCHEDULED_FILTER);
			new Routes(beanFactory).removeFrom(registry);
			new DatabaseInitializers(beanFactory).disarmIn(registry);
			replace(registry, AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, MasterLifecycleProcessor.class,
					() -> lifecycleProcessor(beanFactory));
			replace(registry, AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
					MasterEventMulticaster.class, () -> new MasterEventMulticaster(beanFactory));
		}
		beanFactory.registerSingleton("preforkHookExcludeFilter", new HookExcludeFilter(beanFactory));
		beanFactory.registerSingleton("preforkOtherEventsVeto", new OtherEventsVeto(beanFactory));
		new LazyInitializationBeanFactoryPostProcessor().postProcessBeanFactory(beanFactory);
		new LazySingletons(beanFactory).make();
	}

	private static void keepWantedOnly(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory) {
		String name = TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME;
		boolean wanted = registry.containsBeanDefinition(name) && Arrays.stream(registry.getBeanDefinitionNames())
			.anyMatch((bean) -> DeclaredRoles.nameMaster(beanFactory, bean));
		if (wanted) {
			replace(registry, name, MasterScheduledProcessor.class, () -> new MasterScheduledProcessor(beanFactory));
		}
		else {
			remove(registry, name);
		}
	}

	private static void remove(BeanDefinitionRegistry registry, String name) {
		if (registry.containsBeanDefinition(name)) {
			registry.removeBeanDefinition(name);
		}
	}

	private static <T> void replace(BeanDefinitionRegistry registry, String name, Class<T> type, Supplier<T> supplier) {
		remove(registry, name);
		RootBeanDefinition definition = new RootBeanDefinition(type, supplier);
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		registry.registerBeanDefinition(name, definition);
	}

	private MasterLifecycleProcessor lifecycleProcessor(ConfigurableListableBeanFactory beanFactory) {
		MasterLifecycleProcessor processor = new MasterLifecycleProcessor(beanFactory);
		Duration timeout = Binder.get(this.environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
		processor.setTimeoutPerShutdownPhase(timeout.toMillis());
		return processor;
	}

}
