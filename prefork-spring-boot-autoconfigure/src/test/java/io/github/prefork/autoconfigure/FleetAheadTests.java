package io.github.prefork.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerFactoryCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetAhead}.
 */
class FleetAheadTests {

	@Test
	void addressIsKnownWithCustomizersOfSpringBoot() {
		DefaultListableBeanFactory beans = beans(Ours.class);
		new AnnotatedBeanDefinitionReader(beans).registerBean(NettyReactiveWebServerFactoryCustomizer.class);
		assertThat(beans.getBeanNamesForType(WebServerFactoryCustomizer.class)).hasSize(1);
		assertThat(FleetAhead.isAddressKnown(beans)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { UserLambda.class, UserClass.class, UserFactory.class })
	void addressIsNotKnownWithBeansOfTheUser(Class<?> user) {
		assertThat(FleetAhead.isAddressKnown(beans(Ours.class, user))).isFalse();
	}

	@Test
	void addressIsNotKnownWithSingletonOfTheUser() {
		DefaultListableBeanFactory beans = beans(Ours.class);
		beans.registerSingleton("user", new UserCustomizer());
		assertThat(FleetAhead.isAddressKnown(beans)).isFalse();
	}

	@Test
	void addressIsNotKnownWithoutOurFactory() {
		assertThat(FleetAhead.isAddressKnown(beans())).isFalse();
	}

	private static DefaultListableBeanFactory beans(Class<?>... configurations) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(beans);
		reader.register(configurations);
		new ConfigurationClassPostProcessor().postProcessBeanDefinitionRegistry(beans);
		return beans;
	}

	@Configuration(proxyBeanMethods = false)
	static class Ours {

		@Bean(OwnFactoryCheck.FACTORY)
		PreforkNettyReactiveWebServerFactory factory() {
			throw new IllegalStateException("Must not be created");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserLambda {

		@Bean
		WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> customizer() {
			throw new IllegalStateException("Must not be created");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserClass {

		@Bean
		UserCustomizer customizer() {
			throw new IllegalStateException("Must not be created");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserFactory {

		@Bean
		ReactiveWebServerFactory factory() {
			return new NettyReactiveWebServerFactory();
		}

	}

	static class UserCustomizer implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

		@Override
		public void customize(ConfigurableReactiveWebServerFactory factory) {
		}

	}

}
