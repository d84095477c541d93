package io.github.prefork.autoconfigure.lazy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;

import io.github.prefork.LeaderChanged;
import io.github.prefork.MasterDied;
import io.github.prefork.PreforkEvent;
import io.github.prefork.SlotAssigned;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds out who listens to the events of the fleet that a master publishes, by declared
 * event types.
 */
final class FleetEvents {

	private static final Set<Class<?>> OF_CHILD = Set.of(MasterDied.class, SlotAssigned.class, LeaderChanged.class);

	private FleetEvents() {
	}

	/**
	 * Return whether a bean of this class has a listener method for such an event.
	 * @param type the class of the bean
	 * @return whether one of its methods listens
	 */
	static boolean areHeardByMethodOf(Class<?> type) {
		Class<?> userClass = ClassUtils.getUserClass(type);
		if (!AnnotationUtils.isCandidateClass(userClass, EventListener.class)) {
			return false;
		}
		try {
			return !MethodIntrospector.selectMethods(userClass, FleetEvents::areHeardBy).isEmpty();
		}
		catch (LinkageError | TypeNotPresentException ex) {
			// A signature with an absent optional class: Spring leaves such a bean out
			// too
			return false;
		}
	}

	/**
	 * Return whether a method listens to such an event.
	 * @param method the method
	 * @return whether one of the event types that it declares is an event of the fleet
	 */
	static boolean areHeardBy(Method method) {
		EventListener listener = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		if (listener == null) {
			return false;
		}
		if (listener.classes().length > 0) {
			return Arrays.stream(listener.classes()).anyMatch(FleetEvents::isPreforkEvent);
		}
		return method.getParameterCount() == 1 && isFleetEvent(ResolvableType.forMethodParameter(method, 0));
	}

	/**
	 * Return whether a bean is an {@link ApplicationListener} of such an event.
	 * @param beanFactory the bean factory
	 * @param beanName the name of the bean
	 * @return whether its declared type listens
	 */
	static boolean areHeardByListener(ConfigurableListableBeanFactory beanFactory, String beanName) {
		Class<?> type = beanFactory.getType(beanName, false);
		if (type != null && areHeardByListener(ResolvableType.forClass(type))) {
			return true;
		}
		return beanFactory.containsBeanDefinition(beanName)
				&& areHeardByListener(beanFactory.getMergedBeanDefinition(beanName).getResolvableType());
	}

	static boolean areHeardByListener(ResolvableType type) {
		return isFleetEvent(type.as(ApplicationListener.class).getGeneric());
	}

	private static boolean isFleetEvent(ResolvableType type) {
		ResolvableType payload = type.as(PayloadApplicationEvent.class).getGeneric();
		return isPreforkEvent(type) || isPreforkEvent(payload);
	}

	private static boolean isPreforkEvent(ResolvableType type) {
		Class<?> resolved = type.resolve();
		return resolved != null && isPreforkEvent(resolved);
	}

	private static boolean isPreforkEvent(Class<?> type) {
		return PreforkEvent.class.isAssignableFrom(type) && !OF_CHILD.contains(type);
	}

}
