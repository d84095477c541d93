package io.github.prefork.autoconfigure.lazy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.log.LogMessage;

/**
 * Hides application and command line runners from a master while Spring Boot looks for
 * runners to call, between the events started and ready, but for those that are wanted in
 * a master. Afterwards their definitions are back, since a bean that the master does need
 * may depend on them.
 */
final class RunnerGate implements ApplicationListener<SpringApplicationEvent> {

	private static final Log logger = LogFactory.getLog(RunnerGate.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Map<String, BeanDefinition> hidden = new LinkedHashMap<>();

	RunnerGate(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (this.beanFactory instanceof BeanDefinitionRegistry registry) {
			if (event instanceof ApplicationStartedEvent) {
				hideRunners(registry);
			}
			else if (event instanceof ApplicationReadyEvent) {
				this.hidden.forEach(registry::registerBeanDefinition);
				this.hidden.clear();
			}
		}
	}

	private void hideRunners(BeanDefinitionRegistry registry) {
		for (String name : runnerNames()) {
			if (this.beanFactory.containsSingleton(name) || !registry.containsBeanDefinition(name)) {
				logger.warn(LogMessage
					.format("Runner '%s' runs in the master too, because a bean of the master depends on it", name));
			}
			else {
				this.hidden.put(name, registry.getBeanDefinition(name));
				registry.removeBeanDefinition(name);
			}
		}
	}

	private Set<String> runnerNames() {
		Set<String> names = new LinkedHashSet<>();
		Collections.addAll(names, this.beanFactory.getBeanNamesForType(ApplicationRunner.class));
		Collections.addAll(names, this.beanFactory.getBeanNamesForType(CommandLineRunner.class));
		names.removeIf((name) -> DeclaredRoles.nameMaster(this.beanFactory, name));
		return names;
	}

}
