package io.github.prefork.autoconfigure;

import java.util.Arrays;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Ends the start of a master or a child whose application brings a web server factory of
 * its own: the master would serve alone, with a context that is not made for it, or the
 * child beside it.
 */
final class OwnFactoryCheck implements BeanFactoryPostProcessor {

	/**
	 * The name of this bean, which is there wherever prefork's web server factory may be.
	 */
	static final String NAME = "preforkOwnFactoryCheck";

	/**
	 * The name of prefork's web server factory.
	 */
	static final String FACTORY = "preforkReactiveWebServerFactory";

	private final ConfigurableEnvironment environment;

	OwnFactoryCheck(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (RolePropertySource.roleOf(this.environment) != PreforkRole.STANDALONE) {
			Arrays.stream(beanFactory.getBeanNamesForType(ReactiveWebServerFactory.class, true, false))
				.filter((name) -> !name.equals(FACTORY))
				.findAny()
				.ifPresent(OwnFactoryCheck::refuse);
		}
	}

	private static void refuse(String name) {
		throw new PreforkException(
				"The application has a ReactiveWebServerFactory of its own, the bean '" + name
						+ "', so its children can't serve the master's port",
				"Remove the bean, or set 'prefork.enabled=false'.", null);
	}

}
