package io.github.prefork.autoconfigure.lazy;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

/**
 * Publishes events in a master, synchronously whatever the application has configured,
 * and passes over beans of the application that are an {@link ApplicationListener} of
 * other events than those of the fleet. They stay defined, since a bean that the master
 * does need may depend on them. Listeners that were added to the application by its code
 * are no beans and are kept.
 */
final class MasterEventMulticaster extends SimpleApplicationEventMulticaster {

	private final ConfigurableListableBeanFactory beans;

	MasterEventMulticaster(ConfigurableListableBeanFactory beans) {
		super(beans);
		this.beans = beans;
	}

	@Override
	public void addApplicationListenerBean(String listenerBeanName) {
		if (Infrastructure.owns(this.beans, listenerBeanName)
				|| FleetEvents.areHeardByListener(this.beans, listenerBeanName)) {
			super.addApplicationListenerBean(listenerBeanName);
		}
	}

	@Override
	public void addApplicationListener(ApplicationListener<?> listener) {
		Class<?> type = AopUtils.getTargetClass(listener);
		if (Infrastructure.contains(type) || FleetEvents.areHeardByListener(ResolvableType.forClass(type))
				|| this.beans.getBeanNamesForType(type, true, false).length == 0) {
			super.addApplicationListener(listener);
		}
	}

}
