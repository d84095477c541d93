package io.github.prefork.autoconfigure;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import com.example.app.ExampleApplication;
import io.github.prefork.Prefork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application whose class path lacks what prefork needs for its master and
 * children.
 */
@ExtendWith(OutputCaptureExtension.class)
class AbsentClassesTests {

	private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();

	@AfterEach
	void restore() {
		Thread.currentThread().setContextClassLoader(this.contextClassLoader);
	}

	@Test
	void applicationWithoutNettyIsStandalone(CapturedOutput output) throws Exception {
		assertThat(runWithout("netty", "--prefork.enabled=true")).isEqualTo("STANDALONE");
		assertThat(output).contains("Prefork is not active: Reactor Netty").contains("is not on the class path");
	}

	@Test
	void applicationWithoutMicrometerHasItsRole() throws Exception {
		assertThat(runWithout("micrometer-core", "--prefork.enabled=false")).isEqualTo("STANDALONE");
	}

	@Test
	void applicationWithoutHealthHasItsRole() throws Exception {
		assertThat(runWithout("spring-boot-health", "--prefork.enabled=false")).isEqualTo("STANDALONE");
	}

	@Test
	void applicationWithoutActuatorHasItsRole() throws Exception {
		assertThat(runWithout("spring-boot-actuator", "--prefork.enabled=false")).isEqualTo("STANDALONE");
	}

	private static Object runWithout(String jars, String argument) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(classPathWithout(jars), ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			Method run = Class.forName(Application.class.getName(), true, loader)
				.getDeclaredMethod("run", String.class);
			run.setAccessible(true);
			return run.invoke(null, argument);
		}
	}

	private static URL[] classPathWithout(String jars) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			File file = new File(entry);
			if (!file.getName().contains(jars)) {
				urls.add(file.toURI().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PreforkRoleAutoConfiguration.class, PreforkAutoConfiguration.class,
			PreforkMetricsAutoConfiguration.class, PreforkHealthContributorAutoConfiguration.class,
			PreforkEndpointAutoConfiguration.class })
	static class Application {

		static String run(String argument) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ExampleApplication.class,
					Application.class)
				.web(WebApplicationType.REACTIVE)
				.registerShutdownHook(false)
				.properties("spring.main.banner-mode=off")
				.run("--prefork.skip.in-tests=false", argument)) {
				return context.getBean(Prefork.class).role().name();
			}
		}

	}

}
