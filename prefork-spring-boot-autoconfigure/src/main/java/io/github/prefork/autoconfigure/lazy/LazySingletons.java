package io.github.prefork.autoconfigure.lazy;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Makes {@link SmartInitializingSingleton} beans of the application lazy, which Spring
 * Boot leaves eager. Such a bean does something when all others are there, and in a
 * master they are not.
 */
final class LazySingletons {

	private final ConfigurableListableBeanFactory beanFactory;

	private final HookExcludeFilter wanted;

	LazySingletons(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.wanted = new HookExcludeFilter(beanFactory);
	}

	void make() {
		for (String name : this.beanFactory.getBeanNamesForType(SmartInitializingSingleton.class, true, false)) {
			if (this.beanFactory.containsBeanDefinition(name)
					&& this.beanFactory.getBeanDefinition(name) instanceof AbstractBeanDefinition definition
					&& definition.getLazyInit() == null && isOfApplication(name, definition)) {
				definition.setLazyInit(true);
			}
		}
	}

	private boolean isOfApplication(String name, AbstractBeanDefinition definition) {
		Class<?> type = this.beanFactory.getType(name, false);
		return type != null && definition.getRole() != BeanDefinition.ROLE_INFRASTRUCTURE
				&& !BeanPostProcessor.class.isAssignableFrom(type) && !Infrastructure.owns(this.beanFactory, name)
				&& !this.wanted.isExcluded(name, definition, type);
	}

}
