package io.github.prefork.autoconfigure;

import java.util.Objects;

import com.example.app.ExampleApplication;
import com.example.app.ExampleHooks;
import com.example.app.Journal;
import io.github.prefork.ChildSpawned;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PreforkEnvironmentPostProcessor}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PreforkEnvironmentPostProcessorTests {

	private static final String AS_IF_NO_TEST = "--prefork.skip.in-tests=false";

	@BeforeEach
	@AfterEach
	void reset() {
		Assignments.forget();
		Journal.clear();
	}

	@Test
	void postProcessWhenInTestIsStandaloneAndSaysSoOnce(CapturedOutput output) {
		for (int i = 0; i < 2; i++) {
			try (ConfigurableApplicationContext context = reactive(ExampleApplication.class).run()) {
				assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.STANDALONE);
				assertThat(Journal.entries()).contains("runner ran", "consumer started", "ready listener heard");
			}
		}
		assertThat(output).containsOnlyOnce("Prefork is not active: the application runs in a test");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenReactiveIsMasterAndLazy() {
		try (ConfigurableApplicationContext context = reactive(ExampleApplication.class, ExampleHooks.class)
			.run(AS_IF_NO_TEST)) {
			assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.MASTER);
			assertThat(context.getEnvironment().getProperty("prefork.slot", Integer.class)).isEqualTo(-1);
			// It would be this test
			assertThat(context.getBeanFactory().containsSingleton(EarlyLaunch.BEAN)).isFalse();
			assertThat(Journal.entries()).containsExactlyInAnyOrder("hook created", "listener hook created",
					"lambda hook created", "server started");
			context.publishEvent(new ChildSpawned(0, 0, 1));
			assertThat(Journal.entries()).contains("hook heard slot 0");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenMasterIsNotLazyLeavesEverything() {
		try (ConfigurableApplicationContext context = reactive(ExampleApplication.class).run(AS_IF_NO_TEST,
				"--prefork.master.lazy=false")) {
			assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.MASTER);
			assertThat(Journal.entries()).contains("handler created", "runner ran", "lambda runner ran",
					"ticker created", "consumer started", "start methods heard", "ready listener heard",
					"lambda listener heard");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenParentServesNothingKeepsTheRoleForTheChildContext() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class)
			.web(WebApplicationType.NONE)
			.properties("prefork.skip.in-tests=false")
			.child(ExampleApplication.class, AutoConfigured.class)
			.web(WebApplicationType.REACTIVE)
			.run(AS_IF_NO_TEST)) {
			assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.MASTER);
			ApplicationContext parent = Objects.requireNonNull(context.getParent());
			assertThat(parent.getEnvironment().getProperty("prefork.role")).isEqualTo("STANDALONE");
			assertThat(parent.getEnvironment().getProperty("prefork.slot", Integer.class)).isZero();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenSecondApplicationServesIsStandalone(CapturedOutput output) {
		try (ConfigurableApplicationContext first = reactive(ExampleApplication.class).run(AS_IF_NO_TEST);
				ConfigurableApplicationContext second = reactive(ExampleApplication.class).run(AS_IF_NO_TEST)) {
			assertThat(RolePropertySource.roleOf(first.getEnvironment())).isEqualTo(PreforkRole.MASTER);
			assertThat(RolePropertySource.roleOf(second.getEnvironment())).isEqualTo(PreforkRole.STANDALONE);
		}
		assertThat(output).containsOnlyOnce("Prefork is not active: another application of this JVM is the master");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenMasterHasEndedGivesItsRoleToTheNext() {
		for (int i = 0; i < 2; i++) {
			try (ConfigurableApplicationContext context = reactive(ExampleApplication.class).run(AS_IF_NO_TEST)) {
				assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.MASTER);
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenMasterFailedToStartGivesItsRoleToTheNext() {
		SpringApplicationBuilder failing = reactive(ExampleApplication.class, Failing.class);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> failing.run(AS_IF_NO_TEST));
		try (ConfigurableApplicationContext context = reactive(ExampleApplication.class).run(AS_IF_NO_TEST)) {
			assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.MASTER);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenSameApplicationRunsAgainInAnotherRoleForgetsTheFirst() {
		SpringApplication application = reactive(ExampleApplication.class).build();
		application.run(AS_IF_NO_TEST).close();
		Journal.clear();
		application.run(AS_IF_NO_TEST, "--prefork.enabled=false").close();
		assertThat(Journal.entries()).contains("runner ran", "consumer started", "ready listener heard");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void postProcessWhenAutoConfigurationIsMissingFails() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(ExampleApplication.class)
			.web(WebApplicationType.REACTIVE);
		assertThatExceptionOfType(PreforkException.class).isThrownBy(() -> application.run(AS_IF_NO_TEST))
			.withMessageContaining("PreforkAutoConfiguration is excluded")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("prefork.enabled=false"));
	}

	@Test
	void postProcessWhenExcludedByPropertyIsStandalone(CapturedOutput output) {
		assertStandaloneIfExcluded(output, reactive(ExampleApplication.class),
				"--spring.autoconfigure.exclude=com.example.Other," + PreforkAutoConfiguration.class.getName());
	}

	@Test
	void postProcessWhenExcludedByAnnotationIsStandalone(CapturedOutput output) {
		assertStandaloneIfExcluded(output, reactive(ExampleApplication.class, Excluding.class));
	}

	@Test
	void postProcessWhenExcludedByNameIsStandalone(CapturedOutput output) {
		assertStandaloneIfExcluded(output, reactive(ExampleApplication.class, ExcludingByName.class));
	}

	private static void assertStandaloneIfExcluded(CapturedOutput output, SpringApplicationBuilder application,
			String... args) {
		// Excluded is what the user wants, so it is not an error where prefork is
		// required
		application.properties("prefork.required=true", "prefork.skip.in-tests=false");
		try (ConfigurableApplicationContext context = application.run(args)) {
			assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.STANDALONE);
			assertThat(Journal.entries()).contains("runner ran");
		}
		assertThat(output).containsOnlyOnce("Prefork is not active: PreforkAutoConfiguration is excluded");
	}

	@Test
	void postProcessWhenDisabledIsStandalone(CapturedOutput output) {
		try (ConfigurableApplicationContext context = reactive(ExampleApplication.class).run(AS_IF_NO_TEST,
				"--prefork.enabled=false", "--prefork.required=true", "--prefork.slot=5")) {
			assertThat(context.getEnvironment().getProperty("prefork.role")).isEqualTo("STANDALONE");
			assertThat(context.getEnvironment().getProperty("prefork.slot")).isEqualTo("0");
		}
		assertThat(output).contains("Prefork is not active: prefork.enabled=false");
	}

	@Test
	void postProcessWhenTypeIsSetByPropertyUsesIt(CapturedOutput output) {
		try (ConfigurableApplicationContext context = reactive(Empty.class).run(AS_IF_NO_TEST,
				"--spring.main.web-application-type=none", "--prefork.required=true")) {
			assertThat(RolePropertySource.roleOf(context.getEnvironment())).isEqualTo(PreforkRole.STANDALONE);
		}
		assertThat(output).doesNotContain("Prefork is not active");
	}

	@Test
	void postProcessWhenServletAndRequiredFails() {
		SpringApplicationBuilder application = reactive(Empty.class);
		assertThatExceptionOfType(PreforkException.class)
			.isThrownBy(() -> application.run(AS_IF_NO_TEST, "--spring.main.web-application-type=servlet",
					"--prefork.required=true"))
			.withMessageContaining("servlet");
	}

	private static SpringApplicationBuilder reactive(Class<?>... sources) {
		return new SpringApplicationBuilder(sources).sources(AutoConfigured.class)
			.web(WebApplicationType.REACTIVE)
			.properties("spring.main.banner-mode=off");
	}

	/**
	 * Stands for prefork's auto-configuration, which refuses the web server factory of
	 * the example.
	 */
	@Configuration(proxyBeanMethods = false)
	static class AutoConfigured {

		@Bean(OwnFactoryCheck.NAME)
		Object check() {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		static BeanFactoryPostProcessor failing() {
			return (beanFactory) -> {
				throw new IllegalStateException("planned");
			};
		}

	}

	@EnableAutoConfiguration(exclude = PreforkAutoConfiguration.class)
	static class Excluding {

	}

	@EnableAutoConfiguration(excludeName = "io.github.prefork.autoconfigure.PreforkAutoConfiguration")
	static class ExcludingByName {

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
