package io.github.prefork.autoconfigure.lazy;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * The roles that the declaration of a bean names: at its method or its class, or at a
 * class around these. Found by reflection, so it works for definitions that were
 * generated ahead of time, too.
 */
public final class DeclaredRoles {

	private DeclaredRoles() {
	}

	/**
	 * Return whether a bean does not belong into a process of a role.
	 * @param beanFactory the bean factory
	 * @param beanName the name of the bean
	 * @param role the role
	 * @return whether roles are named, and this is not among them
	 */
	public static boolean exclude(ConfigurableListableBeanFactory beanFactory, String beanName, PreforkRole role) {
		return of(beanFactory, beanName).stream().anyMatch((roles) -> !roles.contains(role));
	}

	/**
	 * Return whether it was decided where a bean is to be.
	 * @param beanFactory the bean factory
	 * @param beanName the name of the bean
	 * @return whether roles are named
	 */
	public static boolean areNamed(ConfigurableListableBeanFactory beanFactory, String beanName) {
		return !of(beanFactory, beanName).isEmpty();
	}

	/**
	 * Return whether a bean is wanted in a master.
	 * @param beanFactory the bean factory of a master
	 * @param beanName the name of the bean
	 * @return whether the role of a master is named
	 */
	static boolean nameMaster(ConfigurableListableBeanFactory beanFactory, String beanName) {
		return of(beanFactory, beanName).stream().anyMatch((roles) -> roles.contains(PreforkRole.MASTER));
	}

	private static List<Set<PreforkRole>> of(ConfigurableListableBeanFactory beanFactory, String beanName) {
		// First, since looking for the type resolves the method
		Class<?> type = beanFactory.getType(beanName, false);
		if (!beanFactory.containsBeanDefinition(beanName)) {
			return List.of();
		}
		BeanDefinition definition = beanFactory.getMergedBeanDefinition(beanName);
		Method method = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		List<Set<PreforkRole>> found = new ArrayList<>();
		if (method != null) {
			add(found, method);
			addAround(found, method.getDeclaringClass());
		}
		else if (definition.getFactoryMethodName() == null && type != null) {
			addAround(found, ClassUtils.getUserClass(type));
		}
		return found;
	}

	private static void addAround(List<Set<PreforkRole>> found, Class<?> type) {
		for (Class<?> each = ClassUtils.getUserClass(type); each != null; each = enclosing(each)) {
			add(found, each);
		}
	}

	private static @Nullable Class<?> enclosing(Class<?> type) {
		try {
			return type.getEnclosingClass();
		}
		catch (LinkageError ex) {
			// An optional class is absent
			return null;
		}
	}

	private static void add(List<Set<PreforkRole>> found, AnnotatedElement element) {
		MergedAnnotation<ConditionalOnPreforkRole> annotation = MergedAnnotations
			.from(element, SearchStrategy.INHERITED_ANNOTATIONS)
			.get(ConditionalOnPreforkRole.class);
		if (annotation.isPresent()) {
			found.add(Set.copyOf(List.of(annotation.getEnumArray(MergedAnnotation.VALUE, PreforkRole.class))));
		}
	}

}
