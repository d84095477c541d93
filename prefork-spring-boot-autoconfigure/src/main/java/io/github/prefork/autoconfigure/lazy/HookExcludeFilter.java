package io.github.prefork.autoconfigure.lazy;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;

/**
 * Has beans created eagerly by the main thread that listen to events of the fleet, so
 * that no event waits for the creation of a bean, and those that are wanted in a master.
 */
final class HookExcludeFilter implements LazyInitializationExcludeFilter {

	private final ConfigurableListableBeanFactory beanFactory;

	HookExcludeFilter(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean isExcluded(String beanName, BeanDefinition beanDefinition, Class<?> beanType) {
		return FleetEvents.areHeardByMethodOf(beanType) || FleetEvents.areHeardByListener(this.beanFactory, beanName)
				|| WantedBeans.contain(this.beanFactory, beanName);
	}

}
