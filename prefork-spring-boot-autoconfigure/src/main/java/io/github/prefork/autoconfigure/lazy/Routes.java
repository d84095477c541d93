package io.github.prefork.autoconfigure.lazy;

import java.util.Set;
import java.util.TreeSet;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.util.ClassUtils;

/**
 * Takes the routes of the application out of a master: its functional routes and the
 * handler mappings that it declares. Only children serve them. But the management context
 * looks for them in the main context too, and would create them with all that they depend
 * on.
 * <p>
 * The handler mappings of Spring stay, since other beans may need them. They create no
 * controllers.
 */
final class Routes {

	// Spring WebFlux need not be there
	private static final String FUNCTION = "org.springframework.web.reactive.function.server.RouterFunction";

	private static final String MAPPING = "org.springframework.web.reactive.HandlerMapping";

	private final ConfigurableListableBeanFactory beanFactory;

	Routes(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	void removeFrom(BeanDefinitionRegistry registry) {
		names().stream().filter(registry::containsBeanDefinition).forEach(registry::removeBeanDefinition);
	}

	private Set<String> names() {
		Set<String> names = new TreeSet<>();
		for (String name : namesOf(FUNCTION)) {
			names.add(name);
		}
		for (String name : namesOf(MAPPING)) {
			if (!Infrastructure.declares(this.beanFactory, name)) {
				names.add(name);
			}
		}
		names.removeIf((name) -> isHook(name) || DeclaredRoles.nameMaster(this.beanFactory, name));
		return names;
	}

	private String[] namesOf(String typeName) {
		ClassLoader classLoader = this.beanFactory.getBeanClassLoader();
		return ClassUtils.isPresent(typeName, classLoader)
				? this.beanFactory.getBeanNamesForType(ClassUtils.resolveClassName(typeName, classLoader), true, false)
				: new String[0];
	}

	private boolean isHook(String name) {
		Class<?> type = this.beanFactory.getType(name, false);
		return (type != null && FleetEvents.areHeardByMethodOf(type))
				|| FleetEvents.areHeardByListener(this.beanFactory, name);
	}

}
