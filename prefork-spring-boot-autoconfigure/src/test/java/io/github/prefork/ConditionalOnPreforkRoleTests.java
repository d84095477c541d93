package io.github.prefork;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConditionalOnPreforkRole}.
 */
class ConditionalOnPreforkRoleTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Methods.class,
			OfMaster.class);

	@ParameterizedTest
	@EnumSource
	void beanMethodWhenRoleIsNamedMatches(PreforkRole role) {
		withRole(role).run((context) -> {
			assertThat(context.containsBean("master")).isEqualTo(role == PreforkRole.MASTER);
			assertThat(context.containsBean("child")).isEqualTo(role == PreforkRole.CHILD);
			assertThat(context.containsBean("notMaster")).isEqualTo(role != PreforkRole.MASTER);
			assertThat(context.containsBean("everywhere")).isTrue();
		});
	}

	@ParameterizedTest
	@EnumSource
	void classWhenRoleIsNamedMatches(PreforkRole role) {
		withRole(role)
			.run((context) -> assertThat(context.containsBean("inClass")).isEqualTo(role == PreforkRole.MASTER));
	}

	@Test
	void withoutPreforkTheRoleIsStandaloneWhateverThePropertiesSay() {
		this.runner.withPropertyValues("prefork.role=MASTER", "prefork.slot=1").run((context) -> {
			assertThat(context).hasBean("notMaster").hasBean("everywhere");
			assertThat(context).doesNotHaveBean("master").doesNotHaveBean("child").doesNotHaveBean("inClass");
		});
	}

	@Test
	void inAheadOfTimeProcessingEveryRoleMatches() {
		this.runner.withSystemProperties("spring.aot.processing=true")
			.run((context) -> assertThat(context).hasBean("master").hasBean("child").hasBean("inClass"));
	}

	private ApplicationContextRunner withRole(PreforkRole role) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("prefork", Map.of("prefork.role", role.name()))));
	}

	@Configuration(proxyBeanMethods = false)
	static class Methods {

		@Bean
		@ConditionalOnPreforkRole(PreforkRole.MASTER)
		String master() {
			return "";
		}

		@Bean
		@ConditionalOnPreforkRole(PreforkRole.CHILD)
		String child() {
			return "";
		}

		@Bean
		@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
		String notMaster() {
			return "";
		}

		@Bean
		String everywhere() {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnPreforkRole(PreforkRole.MASTER)
	static class OfMaster {

		@Bean
		String inClass() {
			return "";
		}

	}

}
