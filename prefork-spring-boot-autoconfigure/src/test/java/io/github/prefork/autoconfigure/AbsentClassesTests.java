package io.github.prefork.autoconfigure;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
		assertThat(runWithout("netty")).isEqualTo("STANDALONE");
		assertThat(output).contains("Prefork is not active: Reactor Netty").contains("is not on the class path");
	}

	@Test
	void applicationWithoutMicrometerHasItsRole() throws Exception {
		// With a web server of its own and without a master to be a child of
		assertThat(runWithout("micrometer-core", "netty-transport-native-epoll")).isEqualTo("STANDALONE");
	}

	private static Object runWithout(String... jars) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(classPathWithout(jars), ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			Method run = Class.forName(Application.class.getName(), true, loader).getDeclaredMethod("run");
			run.setAccessible(true);
			return run.invoke(null);
		}
	}

	private static URL[] classPathWithout(String... jars) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			File file = new File(entry);
			if (Stream.of(jars).noneMatch(file.getName()::contains)) {
				urls.add(file.toURI().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PreforkAutoConfiguration.class, PreforkMetricsAutoConfiguration.class })
	static class Application {

		static String run() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ExampleApplication.class,
					Application.class)
				.web(WebApplicationType.REACTIVE)
				.registerShutdownHook(false)
				.properties("spring.main.banner-mode=off")
				.run("--prefork.skip.in-tests=false")) {
				return context.getBean(Prefork.class).role().name();
			}
		}

	}

}
