package io.github.prefork.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.github.prefork.Fleet;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.master.MasterFleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkAutoConfiguration} where the application is no master.
 */
class PreforkAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
			PreforkRoleAutoConfiguration.class, PreforkAutoConfiguration.class, PreforkMetricsAutoConfiguration.class,
			NettyReactiveWebServerAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner(
			AnnotationConfigReactiveWebServerApplicationContext::new)
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withUserConfiguration(Handler.class)
		.withPropertyValues("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s");

	@Test
	void factoryWhenStandaloneIsPlainNettyThatServes() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ReactiveWebServerFactory.class)
				.hasSingleBean(PreforkNettyReactiveWebServerFactory.class);
			assertStandalone(context.getBean(Prefork.class), context.getBean(PreforkRole.class));
			WebServer server = Roles.webServerOf(context);
			assertThat(server).isInstanceOf(NettyWebServer.class);
			HelloHandler.assertAnswersOn(server.getPort());
			assertThat(context.getBeanFactory().containsSingleton("preforkMasterFleet")).isFalse();
		});
	}

	@Test
	void factoryWhenChildWithoutClaimIsPlainNetty() {
		// A child in earnest needs a master: its scenarios are in the integration tests
		this.runner.withInitializer((context) -> Roles.lay(PreforkRole.CHILD, context)).run((context) -> {
			assertThat(context.getBean(Prefork.class).role()).isEqualTo(PreforkRole.CHILD);
			assertThat(context.getBean(Prefork.class).slot()).isEqualTo(3);
			assertThat(context.getBean(Prefork.class).generation()).isEqualTo(2);
			assertThat(context.getBean(Prefork.class).fleet()).isEqualTo(Fleet.EMPTY);
			assertThat(Roles.webServerOf(context)).isInstanceOf(NettyWebServer.class);
		});
	}

	@Test
	void factoryWhenApplicationHasItsOwnBacksOff() {
		this.runner.withUserConfiguration(OwnFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(ReactiveWebServerFactory.class)
				.doesNotHaveBean(PreforkNettyReactiveWebServerFactory.class);
			assertStandalone(context.getBean(Prefork.class), context.getBean(PreforkRole.class));
		});
	}

	@Test
	void factoryOfTheApplicationIsRefusedInAChild() {
		this.runner.withInitializer((context) -> Roles.lay(PreforkRole.CHILD, context))
			.withUserConfiguration(OwnFactory.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(PreforkException.class)
				.hasMessageContaining("ReactiveWebServerFactory of its own"));
	}

	@Test
	void factoryHasCustomizersAndRoutes() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			PreforkNettyReactiveWebServerFactory factory = context.getBean(PreforkNettyReactiveWebServerFactory.class);
			assertThat(factory.getServerCustomizers()).contains(context.getBean(NettyServerCustomizer.class));
			assertThat(factory).extracting("routeProviders")
				.isEqualTo(List.of(context.getBean(NettyRouteProvider.class)));
			assertThat(context.getBean(Customizers.class).customized).isSameAs(factory);
		});
	}

	@Test
	void factoryWhenMadeAgainForManagementIsPlainNetty() {
		PreforkNettyReactiveWebServerFactory factory = new PreforkNettyReactiveWebServerFactory();
		factory.setPort(0);
		WebServer server = factory.getWebServer(new HelloHandler());
		assertThat(server).isInstanceOf(NettyWebServer.class);
		server.start();
		try {
			HelloHandler.assertAnswersOn(server.getPort());
		}
		finally {
			server.stop();
		}
	}

	@Test
	void preforkWhenNotReactiveIsThereWithoutFleet() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS).run((context) -> {
			assertStandalone(context.getBean(Prefork.class), context.getBean(PreforkRole.class));
			assertThat(context).doesNotHaveBean(MasterFleet.class)
				.doesNotHaveBean(ReactiveWebServerFactory.class)
				.doesNotHaveBean("preforkMetrics");
		});
	}

	@Test
	void preforkWhenVariablesClaimARoleIgnoresThem() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("prefork.role=MASTER", "prefork.slot=3", "prefork.generation=1")
			.run((context) -> assertStandalone(context.getBean(Prefork.class), context.getBean(PreforkRole.class)));
	}

	@Test
	void preforkWhenParentContextHasAnotherRoleIsThatOfItsOwnContext() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((parent) -> this.runner.withParent(parent)
				.withPropertyValues("server.port=-1")
				.withInitializer((context) -> Roles.lay(PreforkRole.MASTER, context))
				.run((context) -> {
					assertThat(context.getBean(Prefork.class).role()).isEqualTo(PreforkRole.MASTER);
					assertThat(context.getBean(PreforkRole.class)).isEqualTo(PreforkRole.MASTER);
				}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor.netty", "org.springframework.boot.reactor.netty", "io.netty" })
	void preforkWhenNettyIsAbsentIsThereWithoutFleet(String packageName) {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> {
				assertStandalone(context.getBean(Prefork.class), context.getBean(PreforkRole.class));
				assertThat(context).doesNotHaveBean(MasterFleet.class);
			});
	}

	@Test
	void factoryWhenMicrometerIsAbsentServes() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("preforkMetrics"));
	}

	private static void assertStandalone(Prefork prefork, PreforkRole role) {
		assertThat(role).isEqualTo(PreforkRole.STANDALONE);
		assertThat(prefork.role()).isEqualTo(PreforkRole.STANDALONE);
		assertThat(Stream.of(prefork.slot(), prefork.generation())).containsOnly(0);
		assertThat(prefork.fleet()).isEqualTo(Fleet.EMPTY);
	}

	@Configuration(proxyBeanMethods = false)
	static class Handler {

		@Bean
		HttpHandler httpHandler() {
			return new HelloHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		NettyReactiveWebServerFactory ownFactory() {
			return new NettyReactiveWebServerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private NettyReactiveWebServerFactory customized;

		@Bean
		NettyServerCustomizer serverCustomizer() {
			return (server) -> server;
		}

		@Bean
		NettyRouteProvider routeProvider() {
			return (routes) -> routes;
		}

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> factoryCustomizer() {
			return (factory) -> this.customized = factory;
		}

	}

}
