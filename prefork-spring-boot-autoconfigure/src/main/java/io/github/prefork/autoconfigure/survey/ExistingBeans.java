package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.prefork.LeaderChanged;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.lazy.DeclaredRoles;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The singletons that have been created.
 */
final class ExistingBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	ExistingBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the singletons of a type.
	 * @param <T> the type
	 * @param type the type
	 * @return the beans by name
	 */
	<T> Map<String, T> ofType(Class<T> type) {
		Map<String, T> found = new LinkedHashMap<>();
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = this.beanFactory.getSingleton(name);
			if (type.isInstance(bean)) {
				found.put(name, type.cast(bean));
			}
		}
		return found;
	}

	/**
	 * Return the singletons of a type that nobody has made for a fleet.
	 * @param <T> the type
	 * @param type the type
	 * @return the beans by name
	 */
	<T> Map<String, T> unawareOfType(Class<T> type) {
		Map<String, T> found = ofType(type);
		found.keySet().removeIf(this::isMadeForFleet);
		return found;
	}

	/**
	 * Return whether there is a bean of a class that was made for a fleet.
	 * @param type the name of the class
	 * @return whether there is
	 */
	boolean knowsTheFleet(Class<?> type) {
		return ofType(Object.class).entrySet()
			.stream()
			.anyMatch((bean) -> AopUtils.getTargetClass(bean.getValue()) == type && knowsTheFleet(bean.getKey()));
	}

	// Itself, or by what depends on it and may start and stop it
	private boolean isMadeForFleet(String name) {
		return knowsTheFleet(name)
				|| Arrays.stream(this.beanFactory.getDependentBeans(name)).anyMatch(this::knowsTheFleet);
	}

	// It names roles, can ask for its own and who leads, or hears that
	private boolean knowsTheFleet(String name) {
		Object bean = this.beanFactory.getSingleton(name);
		return DeclaredRoles.areNamed(this.beanFactory, name)
				|| Arrays.stream(this.beanFactory.getDependenciesForBean(name))
					.map(this.beanFactory::getSingleton)
					.anyMatch((each) -> each instanceof Prefork || each instanceof PreforkRole)
				|| (bean != null && hearsWhoLeads(AopUtils.getTargetClass(bean)));
	}

	private static boolean hearsWhoLeads(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, EventListener.class)
				&& !MethodIntrospector.selectMethods(type, ExistingBeans::isToldWhoLeads).isEmpty();
	}

	private static boolean isToldWhoLeads(Method method) {
		EventListener listener = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		return listener != null && (Arrays.asList(listener.classes()).contains(LeaderChanged.class)
				|| Arrays.asList(method.getParameterTypes()).contains(LeaderChanged.class));
	}

}
