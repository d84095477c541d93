package io.github.prefork.autoconfigure;

import java.util.Arrays;

import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.lazy.DeclaredRoles;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Removes the beans of other roles from an application that was processed ahead of time:
 * then the role was not known yet, and beans of all roles were kept.
 */
final class OtherRoles implements BeanDefinitionRegistryPostProcessor {

	private final ConfigurableEnvironment environment;

	OtherRoles(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (AotDetector.useGeneratedArtifacts() && registry instanceof ConfigurableListableBeanFactory beanFactory) {
			PreforkRole role = RolePropertySource.roleOf(this.environment);
			Arrays.stream(registry.getBeanDefinitionNames())
				.filter((name) -> DeclaredRoles.exclude(beanFactory, name, role))
				.toList()
				.forEach(registry::removeBeanDefinition);
		}
	}

}
