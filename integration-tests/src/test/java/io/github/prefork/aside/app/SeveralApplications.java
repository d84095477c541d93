package io.github.prefork.aside.app;

import java.util.Map;

import io.github.prefork.Prefork;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Runs several applications in one JVM: the master one that it closes again, every
 * process one with a parent context and a bootstrap context, and a second one beside it.
 */
public final class SeveralApplications {

	private SeveralApplications() {
	}

	/**
	 * Run the applications.
	 * @param args the arguments of the first; {@code --second.port} is the port of the
	 * second
	 */
	public static void main(String[] args) {
		if (!Prefork.isChild()) {
			application().run(args).close();
			Say.line("closed");
		}
		application().run(args);
		String port = new SimpleCommandLinePropertySource(args).getProperty("second.port");
		if (port != null) {
			new SpringApplicationBuilder(AsideApplication.class).run("--server.port=" + port,
					"--management.server.port=" + port);
			Say.line("second application runs");
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.child(AsideApplication.class)
			.web(WebApplicationType.REACTIVE)
			.listeners(new Bootstrap());
	}

	/**
	 * Starts a context before the application's own, as Spring Cloud does.
	 */
	private static final class Bootstrap implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

		private static final String NAME = "bootstrap";

		@Override
		public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
			if (!event.getEnvironment().getPropertySources().contains(NAME)) {
				StandardEnvironment environment = new StandardEnvironment();
				environment.getPropertySources()
					.addFirst(new MapPropertySource(NAME,
							Map.of("spring.main.web-application-type", "none", "spring.main.banner-mode", "off")));
				new SpringApplicationBuilder(Parent.class).environment(environment).run().close();
				Say.line("bootstrapped");
			}
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE + 5;
		}

	}

	/**
	 * Serves nothing.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Parent {

	}

}
