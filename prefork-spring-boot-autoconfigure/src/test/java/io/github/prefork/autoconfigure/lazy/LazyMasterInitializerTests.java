package io.github.prefork.autoconfigure.lazy;

import java.util.List;
import java.util.Map;

import com.example.app.ExampleApplication;
import com.example.app.ExampleChildHook;
import com.example.app.ExampleDependentHook;
import com.example.app.ExampleHooks;
import com.example.app.ExampleMasterBeans;
import com.example.app.ExampleRegistration;
import com.example.app.ExampleRoutes;
import com.example.app.Journal;
import io.github.prefork.ChildSpawned;
import io.github.prefork.MasterReady;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.EnableWebFlux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LazyMasterInitializer}.
 */
class LazyMasterInitializerTests {

	@BeforeEach
	void clear() {
		Journal.clear();
	}

	@Test
	void initializeWhenApplicationWorksByItselfCreatesNothingOfIt() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class)) {
			assertThat(Journal.entries()).containsExactly("server started");
			assertThat(context.isRunning()).isTrue();
		}
		assertThat(Journal.entries()).containsOnly("server started", "server stopped");
	}

	@Test
	void initializeWhenApplicationSaysNotLazyIsLazyNevertheless() {
		try (ConfigurableApplicationContext context = builder(ExampleApplication.class).lazyInitialization(false)
			.initializers(new LazyMasterInitializer())
			.run()) {
			assertThat(Journal.entries()).containsExactly("server started");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenNotAppliedLeavesEverything() {
		try (ConfigurableApplicationContext context = builder(ExampleApplication.class).run()) {
			assertThat(Journal.entries()).contains("handler created", "runner ran", "lambda runner ran",
					"ticker created", "consumer started", "start methods heard", "ready listener heard",
					"lambda listener heard");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenHooksAreDefinedCreatesThemAtStart() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleHooks.class)) {
			assertThat(Journal.entries()).containsExactlyInAnyOrder("hook created", "listener hook created",
					"lambda hook created", "server started");
			assertThat(Journal.entries()).last().isEqualTo("server started");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenEventsArePublishedDeliversThemToHooks() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleHooks.class)) {
			Journal.clear();
			context.publishEvent(new ChildSpawned(1, 0, 4711));
			assertThat(Journal.entries()).containsExactlyInAnyOrder("hook heard slot 1", "listener hook heard",
					"lambda hook heard");
			Journal.clear();
			context.publishEvent(new MasterReady(List.of()));
			assertThat(Journal.entries()).containsExactly("hook heard master ready");
		}
	}

	@Test
	void initializeWhenHooksAreForChildrenCreatesNoneOfThem() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleChildHook.class)) {
			assertThat(Journal.entries()).containsExactly("server started");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenHookDependsOnOtherBeansCreatesThemWithoutSettingThemToWork() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleDependentHook.class)) {
			assertThat(Journal.entries()).containsExactly("consumer created", "ready listener created",
					"dependent hook created", "server started");
			context.publishEvent(new ChildSpawned(0, 0, 1));
			assertThat(Journal.entries()).last().isEqualTo("dependent hook heard");
		}
	}

	@Test
	void initializeWhenBeansAreWantedInTheMasterSetsThemAloneToWork() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleMasterBeans.class)) {
			Awaitility.await().untilAsserted(() -> assertThat(Journal.entries()).contains("job worked"));
			assertThat(Journal.entries()).containsExactlyInAnyOrder("wanted runner created", "consumer created",
					"consumer started", "wanted configurer asked", "server started", "wanted listener heard",
					"job heard ready", "wanted runner ran", "job worked");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenServiceRegistersItselfDoesSoWhenTheServerHasStarted() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleRegistration.class)) {
			assertThat(Journal.entries()).containsExactly("registration created", "server started",
					"registered port 0");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenNotAppliedSetsBeansOfEachKindToWork() {
		try (ConfigurableApplicationContext context = builder(ExampleApplication.class, ExampleMasterBeans.class)
			.run()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(Journal.entries()).contains("wanted runner ran", "configurer asked", "follower heard",
					"initializing singleton called", "consumer started");
			assertThat(Journal.entries()).doesNotContain("job heard ready", "wanted listener heard",
					"runner of a child ran");
		}
	}

	@Test
	void initializeWhenRunnerIsNeededLaterKeepsItsDefinition() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class)) {
			assertThat(context.getBean(ExampleApplication.Runner.class)).isNotNull();
			assertThat(Journal.entries()).containsExactly("server started", "runner created");
		}
	}

	@Test
	void initializeWhenMulticasterIsAsynchronousPublishesOnTheCallersThread() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleHooks.class,
				AsynchronousEvents.class)) {
			Journal.clear();
			context.publishEvent(new ChildSpawned(1, 0, 4711));
			assertThat(Journal.entries()).contains("hook heard slot 1");
		}
	}

	@Test
	void initializeWhenApplicationHasRoutesCreatesNoneOfThem() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleRoutes.class)) {
			assertThat(Journal.entries()).containsExactly("server started");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void initializeWhenResourcesAreLookedForCreatesNoMapping() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleRoutes.class)) {
			assertNoMapping(context);
		}
	}

	@Test
	void initializeWhenHookNeedsResourcesCreatesNoMapping() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleRoutes.class,
				ExampleRoutes.ResourceHook.class)) {
			assertThat(Journal.entries()).containsExactly("resource hook created", "server started");
			assertNoMapping(context);
		}
	}

	@Test
	void initializeWhenManagementContextServesLeavesTheRoutesOut() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleRoutes.class);
				ConfigurableApplicationContext management = manage(context)) {
			assertThat(management.getBean(DispatcherHandler.class).getHandlerMappings()).isNotEmpty();
			assertThat(Journal.entries()).containsExactly("server started");
		}
	}

	@Test
	void initializeWhenNotAppliedLeavesTheRoutesToBoth() {
		try (ConfigurableApplicationContext context = builder(ExampleApplication.class, ExampleRoutes.class)
			.lazyInitialization(true)
			.run(); ConfigurableApplicationContext management = manage(context)) {
			assertThat(management.getBean(DispatcherHandler.class).getHandlerMappings()).isNotEmpty();
			assertThat(Journal.entries()).contains("service created", "functional routes created",
					"declared mapping created", "library's mapping created", "mapping created");
		}
	}

	@Test
	void initializeWhenApplicationHasRoutesKeepsTheMappingsOfSpring() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class, ExampleRoutes.class)) {
			assertThat(context.getBeansOfType(HandlerMapping.class)).containsOnlyKeys("requestMappingHandlerMapping",
					"routerFunctionMapping", "resourceHandlerMapping");
			assertThat(Journal.entries()).containsExactly("server started");
		}
	}

	@Test
	void initializeWhenRoutesListenToTheFleetKeepsThem() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class,
				ExampleRoutes.HookRoutes.class)) {
			context.publishEvent(new ChildSpawned(0, 0, 1));
			assertThat(Journal.entries()).containsExactly("server started", "hook routes heard");
		}
	}

	@Test
	void initializeUsesTheTimeoutOfTheEnvironment() {
		try (ConfigurableApplicationContext context = runMaster(ExampleApplication.class)) {
			assertThat(context.getBean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME))
				.isInstanceOf(MasterLifecycleProcessor.class)
				.hasFieldOrPropertyWithValue("timeoutPerShutdownPhase", 7000L);
		}
	}

	private static void assertNoMapping(ConfigurableApplicationContext context) {
		assertThat(context.getBeanNamesForType(HandlerMapping.class)).isNotEmpty()
			.noneMatch(context.getBeanFactory()::containsSingleton);
	}

	private static ConfigurableApplicationContext runMaster(Class<?>... sources) {
		return builder(sources).initializers(LazyMasterInitializerTests::makeMaster, new LazyMasterInitializer()).run();
	}

	private static void makeMaster(ConfigurableApplicationContext context) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("prefork", Map.of("prefork.role", "MASTER")));
	}

	private static ConfigurableApplicationContext manage(ConfigurableApplicationContext parent) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setParent(parent);
		context.register(Management.class);
		context.refresh();
		return context;
	}

	private static SpringApplicationBuilder builder(Class<?>... sources) {
		return new SpringApplicationBuilder(sources).sources(AutoConfigured.class)
			.web(WebApplicationType.REACTIVE)
			.properties("spring.main.banner-mode=off", "spring.lifecycle.timeout-per-shutdown-phase=7s");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LifecycleAutoConfiguration.class, TaskSchedulingAutoConfiguration.class })
	static class AutoConfigured {

	}

	/**
	 * What Spring Boot has in its management context.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableWebFlux
	static class Management {

	}

	@Configuration(proxyBeanMethods = false)
	static class AsynchronousEvents {

		@Bean
		ApplicationEventMulticaster applicationEventMulticaster() {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
			return multicaster;
		}

	}

}
