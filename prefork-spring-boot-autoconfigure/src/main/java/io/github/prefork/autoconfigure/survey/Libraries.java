package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.prefork.autoconfigure.lazy.Infrastructure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

/**
 * Tells the beans that an auto-configuration brings from those that the application has
 * chosen: by the package of the class that declares them. Of the packages that it is in,
 * the innermost one decides.
 *
 * @param packages those of auto-configurations
 * @param ofApplication those of the application
 */
record Libraries(Collection<String> packages, Collection<String> ofApplication) {

	private static final String BASE_PACKAGES = AutoConfigurationPackages.class.getName();

	/**
	 * Find the libraries.
	 * @param beanFactory the bean factory of the application
	 * @return the libraries
	 */
	static Libraries in(ConfigurableListableBeanFactory beanFactory) {
		Set<String> packages = ImportCandidates.load(AutoConfiguration.class, beanFactory.getBeanClassLoader())
			.getCandidates()
			.stream()
			.map(ClassUtils::getPackageName)
			.collect(Collectors.toSet());
		// Only if they are there: asking creates their bean
		boolean known = beanFactory.containsSingleton(BASE_PACKAGES);
		return new Libraries(packages, (known) ? AutoConfigurationPackages.get(beanFactory) : List.of());
	}

	/**
	 * Return whether a bean is none of the application's.
	 * @param beanFactory the bean factory of the application
	 * @param beanName the name of the bean
	 * @param type the class of the bean
	 * @return whether it comes with a library
	 */
	boolean own(ConfigurableListableBeanFactory beanFactory, String beanName, Class<?> type) {
		String declaring = declaring(beanFactory, beanName, type).getPackageName();
		return Infrastructure.contains(type)
				|| depth(librariesFor(declaring), declaring) > depth(this.ofApplication.stream(), declaring);
	}

	// Of a package around the application, only what is directly in it is a library's
	private Stream<String> librariesFor(String name) {
		return this.packages.stream()
			.filter((each) -> each.equals(name)
					|| this.ofApplication.stream().noneMatch((application) -> isWithin(each, application)));
	}

	private static int depth(Stream<String> packages, String name) {
		return packages.filter((each) -> isWithin(each, name)).mapToInt(String::length).max().orElse(-1);
	}

	private static Class<?> declaring(ConfigurableListableBeanFactory beanFactory, String beanName, Class<?> type) {
		if (beanFactory.containsBeanDefinition(beanName)
				&& beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition root) {
			Method method = root.getResolvedFactoryMethod();
			return (method != null) ? method.getDeclaringClass() : type;
		}
		return type;
	}

	private static boolean isWithin(String packageName, String name) {
		return name.equals(packageName) || name.startsWith(packageName + ".");
	}

}
