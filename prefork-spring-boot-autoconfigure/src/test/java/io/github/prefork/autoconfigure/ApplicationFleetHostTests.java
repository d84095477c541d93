package io.github.prefork.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.prefork.ChildSpawned;
import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ApplicationFleetHost}.
 */
class ApplicationFleetHostTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ApplicationFleetHost host = new ApplicationFleetHost(this.context);

	private final List<ReadinessState> states = new ArrayList<>();

	@BeforeEach
	@AfterEach
	void reset() {
		Assignments.forget();
		this.context.close();
	}

	@Test
	void publishReachesListenersAndPassesOnWhatTheyThrow() {
		List<Object> heard = new ArrayList<>();
		this.context.addApplicationListener((PayloadApplicationEvent<ChildSpawned> event) -> {
			heard.add(event.getPayload());
			throw new IllegalStateException("no");
		});
		this.context.refresh();
		ChildSpawned event = new ChildSpawned(1, 0, 4711);
		assertThatIllegalStateException().isThrownBy(() -> this.host.publish(event)).withMessage("no");
		assertThat(heard).containsExactly(event);
	}

	@Test
	void readinessIsPublished() {
		start();
		this.host.readiness(false);
		this.host.readiness(true);
		assertThat(this.states).containsExactly(ReadinessState.REFUSING_TRAFFIC, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void readinessWhenApplicationIsReadyAndFleetAgreesIsLeft() {
		start();
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(this.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void readinessWhenApplicationIsReadyAndFleetIsNotIsCorrected() {
		start();
		this.host.readiness(false);
		this.states.clear();
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(this.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void readinessWhenFleetChangesWhileItIsPublishedEndsWithTheLatest() {
		boolean[] changed = new boolean[1];
		this.context.addApplicationListener((AvailabilityChangeEvent<ReadinessState> event) -> {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC && !changed[0]) {
				changed[0] = true;
				this.host.readiness(true);
			}
		});
		start();
		this.host.readiness(false);
		assertThat(this.states).endsWith(ReadinessState.REFUSING_TRAFFIC, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@EnabledOnOs(OS.LINUX)
	void readinessWhenApplicationIsReadyAndFleetIsNotIsKnownToTheApplication(boolean lazy) {
		try (ConfigurableApplicationContext master = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.REACTIVE)
			.properties("spring.main.banner-mode=off")
			.run("--prefork.skip.in-tests=false", "--prefork.master.lazy=" + lazy)) {
			assertThat(RolePropertySource.roleOf(master.getEnvironment())).isEqualTo(PreforkRole.MASTER);
			ApplicationAvailability availability = master.getBean(ApplicationAvailability.class);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			hostOf(master).readiness(false);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			AvailabilityChangeEvent.publish(master, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			hostOf(master).readiness(true);
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private static ApplicationFleetHost hostOf(ConfigurableApplicationContext master) {
		return ((AbstractApplicationContext) master).getApplicationListeners()
			.stream()
			.filter(ApplicationFleetHost.class::isInstance)
			.map(ApplicationFleetHost.class::cast)
			.findAny()
			.orElseThrow();
	}

	private void start() {
		this.context.addApplicationListener(
				(AvailabilityChangeEvent<ReadinessState> event) -> this.states.add(event.getState()));
		this.context.addApplicationListener(this.host);
		this.context.refresh();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PreforkAutoConfiguration.class, NettyReactiveWebServerAutoConfiguration.class,
			ApplicationAvailabilityAutoConfiguration.class })
	static class Application {

		@Bean
		WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> noPort() {
			return (factory) -> factory.setPort(-1);
		}

		@Bean
		HttpHandler httpHandler() {
			return new HelloHandler();
		}

	}

}
