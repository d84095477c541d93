package io.github.prefork.autoconfigure.lazy;

import java.lang.reflect.Method;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Leaves out the listener methods of the application for other events than those of the
 * fleet, transactional ones included, by giving them a listener that hears nothing. Beans
 * that are wanted in a master get what they would get without it.
 */
final class OtherEventsVeto implements EventListenerFactory, Ordered {

	private final ConfigurableListableBeanFactory beanFactory;

	OtherEventsVeto(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean supportsMethod(Method method) {
		return !Infrastructure.contains(method.getDeclaringClass()) && !FleetEvents.areHeardBy(method);
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		return WantedBeans.contain(this.beanFactory, beanName) ? listener(beanName, type, method) : Deaf.INSTANCE;
	}

	private ApplicationListener<?> listener(String beanName, Class<?> type, Method method) {
		return this.beanFactory.getBeansOfType(EventListenerFactory.class, false, false)
			.values()
			.stream()
			.filter((factory) -> factory != this)
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.filter((factory) -> factory.supportsMethod(method))
			.findFirst()
			.<ApplicationListener<?>>map((factory) -> factory.createApplicationListener(beanName, type, method))
			.orElse(Deaf.INSTANCE);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * Listens to no event.
	 */
	private static final class Deaf implements SmartApplicationListener {

		private static final Deaf INSTANCE = new Deaf();

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
			return false;
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

}
