package io.github.prefork.autoconfigure.lazy;

import java.util.List;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Takes the beans that migrate or fill a database out of a master. The first child does
 * that. But a hook or a health indicator that needs a database would have Spring Boot
 * create them first, in the master and before any child is launched. Those that name the
 * role of a master stay.
 * <p>
 * In place of each there is a bean of the same name that does nothing, since after
 * ahead-of-time processing other definitions depend on the name.
 */
final class DatabaseInitializers {

	// None of their libraries need be there
	private static final List<String> TYPES = List.of(
			"org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer",
			"liquibase.integration.spring.SpringLiquibase",
			"org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer");

	private final ConfigurableListableBeanFactory beanFactory;

	DatabaseInitializers(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	void disarmIn(BeanDefinitionRegistry registry) {
		ClassLoader classLoader = this.beanFactory.getBeanClassLoader();
		for (String type : TYPES) {
			if (ClassUtils.isPresent(type, classLoader)) {
				disarm(ClassUtils.resolveClassName(type, classLoader), registry);
			}
		}
	}

	private void disarm(Class<?> type, BeanDefinitionRegistry registry) {
		for (String name : this.beanFactory.getBeanNamesForType(type, true, false)) {
			if (registry.containsBeanDefinition(name) && !DeclaredRoles.nameMaster(this.beanFactory, name)) {
				registry.removeBeanDefinition(name);
				registry.registerBeanDefinition(name, nothing());
			}
		}
	}

	private static BeanDefinition nothing() {
		RootBeanDefinition definition = new RootBeanDefinition(Nothing.class, Nothing::new);
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		definition.setLazyInit(true);
		return definition;
	}

	/**
	 * Migrates nothing.
	 */
	private static final class Nothing {

	}

}
