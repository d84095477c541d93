package io.github.prefork.autoconfigure.lazy;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The beans of an application that are wanted in a master: those that name its role, and
 * those that register the service somewhere, since the port is the master's and children
 * come and go.
 */
final class WantedBeans {

	// Neither Spring Cloud nor Spring Boot Admin need be there
	private static final String REGISTRATION = "org.springframework.cloud.client.serviceregistry.AutoServiceRegistration";

	private static final String ADMIN = "de.codecentric.boot.admin.client.registration.";

	private WantedBeans() {
	}

	/**
	 * Return whether a bean is to be created in a master, and to hear what happens there.
	 * @param beanFactory the bean factory of a master
	 * @param beanName the name of the bean
	 * @return whether it is wanted
	 */
	static boolean contain(ConfigurableListableBeanFactory beanFactory, String beanName) {
		return DeclaredRoles.nameMaster(beanFactory, beanName) || registers(beanFactory.getType(beanName, false));
	}

	/**
	 * Return whether a class registers the service. Such a bean does so when it hears
	 * that the web server has started; where it is a {@code Lifecycle} bean too, its
	 * start would come before anybody serves.
	 * @param type the class
	 * @return whether it does
	 */
	static boolean registers(@Nullable Class<?> type) {
		return type != null && (type.getName().startsWith(ADMIN)
				|| Arrays.stream(ClassUtils.getAllInterfacesForClass(ClassUtils.getUserClass(type)))
					.anyMatch((each) -> each.getName().equals(REGISTRATION)));
	}

}
