package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.LeaderChanged;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.lazy.DeclaredRoles;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

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
	 * Return the singletons of a type that nobody has made for a fleet. What depends on
	 * them doesn't matter, since it has no say in whether they work.
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
	 * Return what can be started and stopped, was not made for a fleet, and is not
	 * depended on by what could start and stop it as the fleet wants it.
	 * @return the beans by name
	 */
	Map<String, Lifecycle> unsteered() {
		Map<String, Lifecycle> found = unawareOfType(Lifecycle.class);
		found.keySet()
			.removeIf((name) -> Arrays.stream(this.beanFactory.getDependentBeans(name)).anyMatch(this::asksTheFleet));
		return found;
	}

	/**
	 * Return whether all beans of a class, or of one that inherits from it, were made for
	 * a fleet.
	 * @param className the name of the class
	 * @return whether there are such beans, and all of them were
	 */
	boolean areMadeForFleet(String className) {
		List<String> names = ofType(Object.class).entrySet()
			.stream()
			.filter((bean) -> inherits(AopUtils.getTargetClass(bean.getValue()), className))
			.map(Map.Entry::getKey)
			.toList();
		return !names.isEmpty() && names.stream().allMatch(this::isMadeForFleet);
	}

	/**
	 * Return the singletons that the application has chosen.
	 * @return the beans by name, without those that come with a library
	 */
	Map<String, Object> ofApplication() {
		Libraries libraries = Libraries.in(this.beanFactory);
		Map<String, Object> found = ofType(Object.class);
		found.entrySet()
			.removeIf(
					(bean) -> libraries.own(this.beanFactory, bean.getKey(), AopUtils.getTargetClass(bean.getValue())));
		return found;
	}

	/**
	 * Return what the definition of a bean says of its type.
	 * @param name the name of the bean
	 * @return the type, with the generic ones of a method that makes the bean
	 */
	ResolvableType declaredType(String name) {
		return (this.beanFactory.containsBeanDefinition(name))
				? this.beanFactory.getMergedBeanDefinition(name).getResolvableType() : ResolvableType.NONE;
	}

	/**
	 * Return whether a class is, extends or implements another one that need not be
	 * there.
	 * @param type the class
	 * @param className the name of the other one
	 * @return whether it inherits from it
	 */
	static boolean inherits(Class<?> type, String className) {
		return Stream
			.concat(Stream.<Class<?>>iterate(type, (each) -> each != null, Class::getSuperclass),
					Arrays.stream(ClassUtils.getAllInterfacesForClass(type)))
			.anyMatch((each) -> each.getName().equals(className));
	}

	/**
	 * Return whether a bean was made for a fleet: it names its roles, which says nothing
	 * of what it depends on, or asks.
	 * @param name the name of the bean
	 * @return whether it was
	 */
	boolean isMadeForFleet(String name) {
		return DeclaredRoles.areNamed(this.beanFactory, name) || asksTheFleet(name);
	}

	// It can ask for its role and who leads, or hears that
	private boolean asksTheFleet(String name) {
		Object bean = this.beanFactory.getSingleton(name);
		return Arrays.stream(this.beanFactory.getDependenciesForBean(name))
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
