package io.github.prefork.autoconfigure.lazy;

import java.util.Arrays;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.util.ErrorHandler;

/**
 * Publishes events in a master, synchronously whatever the application has configured,
 * and passes over beans of the application that are an {@link ApplicationListener} of
 * other events than those of the fleet, unless they are wanted in a master. They stay
 * defined, since a bean that the master does need may depend on them. Listeners that were
 * added to the application by its code are no beans and are kept.
 * <p>
 * It passes over Spring's listener that looks for static resources, too: at the end of
 * the start it would create all handler mappings, with all that they depend on.
 */
final class MasterEventMulticaster extends SimpleApplicationEventMulticaster {

	// Spring WebFlux need not be there
	private static final String RESOURCES = "org.springframework.web.reactive.resource.ResourceUrlProvider";

	private final ConfigurableListableBeanFactory beans;

	MasterEventMulticaster(ConfigurableListableBeanFactory beans) {
		super(beans);
		this.beans = beans;
	}

	/**
	 * Does nothing: events of the fleet are in order, and who publishes one waits for its
	 * listeners.
	 */
	@Override
	public void setTaskExecutor(@Nullable Executor taskExecutor) {
		// A bean of the application may set what its own multicaster shall have
	}

	/**
	 * Does nothing: who publishes an event of the fleet gets what its listeners throw.
	 */
	@Override
	public void setErrorHandler(@Nullable ErrorHandler errorHandler) {
		// As above
	}

	@Override
	public void addApplicationListenerBean(String listenerBeanName) {
		if (isNeeded(listenerBeanName) || WantedBeans.contain(this.beans, listenerBeanName)
				|| FleetEvents.areHeardByListener(this.beans, listenerBeanName)) {
			super.addApplicationListenerBean(listenerBeanName);
		}
	}

	@Override
	public void addApplicationListener(ApplicationListener<?> listener) {
		Class<?> type = AopUtils.getTargetClass(listener);
		if (isNeeded(type) || FleetEvents.areHeardByListener(ResolvableType.forClass(type)) || isWantedOrNoBean(type)) {
			super.addApplicationListener(listener);
		}
	}

	private boolean isWantedOrNoBean(Class<?> type) {
		String[] names = this.beans.getBeanNamesForType(type, true, false);
		return names.length == 0 || Arrays.stream(names).anyMatch((name) -> WantedBeans.contain(this.beans, name));
	}

	private boolean isNeeded(String beanName) {
		Class<?> type = this.beans.getType(beanName, false);
		return Infrastructure.owns(this.beans, beanName) && (type == null || !type.getName().equals(RESOURCES));
	}

	private static boolean isNeeded(Class<?> type) {
		return Infrastructure.contains(type) && !type.getName().equals(RESOURCES);
	}

}
