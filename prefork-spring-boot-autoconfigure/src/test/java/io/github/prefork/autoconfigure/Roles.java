package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignment;
import io.github.prefork.autoconfigure.role.Assignments;

import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Gives a context a role that its process does not have, and looks at what it has made of
 * it.
 */
final class Roles {

	private Roles() {
	}

	/**
	 * Lay the properties of a role over those of a context. A child is that of slot 3 and
	 * generation 2.
	 * @param role the role
	 * @param context the context
	 */
	static void lay(PreforkRole role, ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		Assignment assignment = Assignments.of(role);
		environment.getPropertySources().addFirst(RolePropertySource.of(assignment, new UserSettings(environment)));
	}

	static WebServer webServerOf(AssertableReactiveWebApplicationContext context) {
		return context.getSourceApplicationContext(ReactiveWebServerApplicationContext.class).getWebServer();
	}

}
