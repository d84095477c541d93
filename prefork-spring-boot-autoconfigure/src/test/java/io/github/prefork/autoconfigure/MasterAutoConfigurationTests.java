package io.github.prefork.autoconfigure;

import io.github.prefork.Fleet;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.MasterWebServer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.server.reactive.HttpHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkAutoConfiguration}, {@link PreforkMetricsAutoConfiguration} and
 * {@link PreforkHealthContributorAutoConfiguration} in a master that has no port, so that
 * it launches no children.
 */
class MasterAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner standalone = new ReactiveWebApplicationContextRunner(
			AnnotationConfigReactiveWebServerApplicationContext::new)
		.withConfiguration(AutoConfigurations.of(PreforkRoleAutoConfiguration.class, PreforkAutoConfiguration.class,
				PreforkMetricsAutoConfiguration.class, PreforkHealthContributorAutoConfiguration.class,
				NettyReactiveWebServerAutoConfiguration.class))
		.withUserConfiguration(Handler.class)
		.withPropertyValues("server.port=-1", "spring.reactor.netty.shutdown-quiet-period=0s", "prefork.children=3");

	private final ReactiveWebApplicationContextRunner master = this.standalone
		.withInitializer((context) -> Roles.lay(PreforkRole.MASTER, context));

	@Test
	void webServerIsTheFleet() {
		this.master.run((context) -> {
			assertThat(Roles.webServerOf(context)).isInstanceOf(MasterWebServer.class);
			assertThat(context.getBean(PreforkRole.class)).isEqualTo(PreforkRole.MASTER);
			Prefork prefork = context.getBean(Prefork.class);
			assertThat(prefork.role()).isEqualTo(PreforkRole.MASTER);
			assertThat(prefork.slot()).isEqualTo(-1);
			assertThat(prefork.fleet()).isEqualTo(Fleet.EMPTY);
			assertThat(context.getBean(MasterFleet.class).settings().supervisor().children()).isEqualTo(3);
		});
	}

	@Test
	void settingsUseTheGracePeriodOfTheApplication() {
		this.master.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=7s")
			.run((context) -> assertThat(context.getBean(MasterFleet.class).settings().supervisor().gracePeriod())
				.hasSeconds(12));
	}

	@Test
	void settingsWhenBadFailTheStart() {
		this.master.withPropertyValues("prefork.backlog=0")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class));
	}

	@Test
	void settingsWhenStandaloneAreNotLookedAt() {
		this.standalone.withPropertyValues("server.port=0", "prefork.backlog=0")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void factoryLeavesCustomizersAndRoutesOfTheApplication() {
		this.master.withUserConfiguration(Unwanted.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void ownFactoryIsRefused() {
		this.master.withUserConfiguration(OwnFactory.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(PreforkException.class)
				.hasMessageContaining("ReactiveWebServerFactory of its own")
				.hasMessageContaining("'ownFactory'")
				.extracting("action")
				.asString()
				.contains("prefork.enabled=false"));
	}

	@Test
	void metersAreThoseOfTheFleet() {
		this.master.run((context) -> {
			SimpleMeterRegistry registry = bind(context.getBean("preforkMetrics", MeterBinder.class));
			assertThat(registry.get("prefork.children.desired").gauge().value()).isZero();
			assertThat(registry.get("prefork.child.up").gauges()).hasSize(3);
		});
	}

	@Test
	void metersWhenStandaloneAreNone() {
		this.standalone.withPropertyValues("server.port=0").run((context) -> {
			assertThat(bind(context.getBean("preforkMetrics", MeterBinder.class)).getMeters()).isEmpty();
			assertThat(context.getBeanFactory().containsSingleton("preforkMasterFleet")).isFalse();
		});
	}

	@Test
	void healthIsThatOfTheFleet() {
		this.master.withPropertyValues("prefork.min-ready=2")
			.run((context) -> assertThat(health(context)).satisfies((health) -> {
				assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health.getDetails()).containsEntry("role", "MASTER");
			}));
	}

	@Test
	void healthWhenStandaloneIsUpAndOpensNoFleet() {
		this.standalone.withPropertyValues("server.port=0").run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(context.getBeanFactory().containsSingleton("preforkMasterFleet")).isFalse();
		});
	}

	@Test
	void healthWhenDisabledIsNone() {
		this.master.withPropertyValues("management.health.prefork.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
	}

	private static Health health(AssertableReactiveWebApplicationContext context) {
		Health health = ((HealthIndicator) context.getBean(HealthContributor.class)).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static SimpleMeterRegistry bind(MeterBinder binder) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		binder.bindTo(registry);
		return registry;
	}

	@Configuration(proxyBeanMethods = false)
	static class Handler {

		@Bean
		@Lazy
		HttpHandler httpHandler() {
			return new HelloHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		ReactiveWebServerFactory ownFactory() {
			return new NettyReactiveWebServerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unwanted {

		@Bean
		@Lazy
		NettyServerCustomizer serverCustomizer() {
			throw new IllegalStateException("The master needs no customizers");
		}

		@Bean
		@Lazy
		NettyRouteProvider routeProvider() {
			throw new IllegalStateException("The master needs no routes");
		}

	}

}
