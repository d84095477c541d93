package io.github.prefork.autoconfigure.lazy;

import java.lang.reflect.Method;
import java.util.List;

import io.github.prefork.PreforkEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Tells the beans of Spring, Micrometer and prefork from those of the application.
 */
public final class Infrastructure {

	private static final String API = PreforkEvent.class.getPackageName();

	private static final List<String> OWN = List.of(API + ".master.", API + ".child.", API + ".supervisor.",
			API + ".channel.", API + ".autoconfigure.", API + ".actuate.");

	private static final List<String> LIBRARIES = List.of("org.springframework.", "io.micrometer.");

	private Infrastructure() {
	}

	/**
	 * Return whether a class belongs to Spring, Micrometer or prefork.
	 * @param type the class
	 * @return whether it is no class of the application
	 */
	public static boolean contains(Class<?> type) {
		return startsWith(type, LIBRARIES) || isOwn(type);
	}

	/**
	 * Return whether a class belongs to prefork.
	 * @param type the class
	 * @return whether it is one of prefork's
	 */
	static boolean isOwn(Class<?> type) {
		return startsWith(type, OWN) || type.getPackageName().equals(API);
	}

	private static boolean startsWith(Class<?> type, List<String> prefixes) {
		return prefixes.stream().anyMatch(type.getName()::startsWith);
	}

	/**
	 * Return whether a bean is one of Spring, Micrometer or prefork: by its class or,
	 * where only an interface is known, by the class that declares it.
	 * @param beanFactory the bean factory
	 * @param beanName the name of the bean
	 * @return whether it is no bean of the application
	 */
	static boolean owns(ConfigurableListableBeanFactory beanFactory, String beanName) {
		Class<?> type = beanFactory.getType(beanName, false);
		if (type == null) {
			return true;
		}
		return contains(type) && (!type.isInterface() || isDeclaredHere(beanFactory, beanName));
	}

	/**
	 * Return whether Spring, Micrometer or prefork declares a bean, which may be of a
	 * class of theirs in either case.
	 * @param beanFactory the bean factory
	 * @param beanName the name of the bean
	 * @return whether its method, or the class of a bean without a method, is no class of
	 * the application
	 */
	static boolean declares(ConfigurableListableBeanFactory beanFactory, String beanName) {
		Class<?> type = beanFactory.getType(beanName, false);
		if (!beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		BeanDefinition definition = beanFactory.getMergedBeanDefinition(beanName);
		Method method = factoryMethod(definition);
		if (method != null || definition.getFactoryMethodName() != null) {
			return method != null && contains(method.getDeclaringClass());
		}
		return type != null && contains(type);
	}

	private static boolean isDeclaredHere(ConfigurableListableBeanFactory beanFactory, String beanName) {
		if (!beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		Method method = factoryMethod(beanFactory.getMergedBeanDefinition(beanName));
		return method != null && contains(method.getDeclaringClass());
	}

	private static @Nullable Method factoryMethod(BeanDefinition definition) {
		return (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
	}

}
