package io.github.prefork.autoconfigure.lazy;

import java.lang.reflect.Method;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;

/**
 * Leaves out the listener methods of the application for other events than those of the
 * fleet, transactional ones included, by giving them a listener that hears nothing.
 */
final class OtherEventsVeto implements EventListenerFactory, Ordered {

	@Override
	public boolean supportsMethod(Method method) {
		return !Infrastructure.contains(method.getDeclaringClass()) && !FleetEvents.areHeardBy(method);
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		return Deaf.INSTANCE;
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
