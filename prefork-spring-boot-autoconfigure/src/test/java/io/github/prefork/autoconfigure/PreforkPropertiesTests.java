package io.github.prefork.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.prefork.master.listener.ListenerMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkProperties}.
 */
class PreforkPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Binding.class);

	@ParameterizedTest
	@MethodSource("properties")
	void bindWhenPropertyIsSetHasValue(String name, String value, Function<PreforkProperties, Object> getter,
			String expected) {
		this.runner.withPropertyValues("prefork." + name + "=" + value)
			.run((context) -> assertThat(getter.apply(context.getBean(PreforkProperties.class))).hasToString(expected));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void bindWhenEnvironmentVariableIsSetHasValue(String name, String value, Function<PreforkProperties, Object> getter,
			String expected) {
		String variable = "PREFORK_" + name.replace("-", "").replace('.', '_').replaceAll("\\[(\\d)]", "_$1_");
		this.runner.withInitializer((context) -> environment(context, Map.of(variable.toUpperCase(Locale.ROOT), value)))
			.run((context) -> assertThat(getter.apply(context.getBean(PreforkProperties.class))).hasToString(expected));
	}

	static Stream<Arguments> properties() {
		return Stream.of(property("enabled", "false", PreforkProperties::isEnabled, "false"),
				property("required", "true", PreforkProperties::isRequired, "true"),
				property("children", "7", PreforkProperties::getChildren, "7"),
				property("max-children", "9", PreforkProperties::getMaxChildren, "9"),
				property("standby", "2", PreforkProperties::getStandby, "2"),
				property("min-ready", "3", PreforkProperties::getMinReady, "3"),
				property("listener", "child-bound", PreforkProperties::getListener, "child-bound"),
				property("network", "tcp6", PreforkProperties::getNetwork, "tcp6"),
				property("backlog", "99", PreforkProperties::getBacklog, "99"),
				property("boot-timeout", "2m", PreforkProperties::getBootTimeout, "PT2M"),
				property("boot-parallelism", "5", PreforkProperties::getBootParallelism, "5"),
				property("assist.after", "50", (bean) -> bean.getAssist().getAfter(), "PT0.05S"),
				property("heartbeat.interval", "1s", (bean) -> bean.getHeartbeat().getInterval(), "PT1S"),
				property("heartbeat.stall-timeout", "3s", (bean) -> bean.getHeartbeat().getStallTimeout(), "PT3S"),
				property("heartbeat.timeout", "1m", (bean) -> bean.getHeartbeat().getTimeout(), "PT1M"),
				property("recovery.on-exceeded", "keep-survivors", (bean) -> bean.getRecovery().getOnExceeded(),
						"keep-survivors"),
				property("recovery.threshold", "8", (bean) -> bean.getRecovery().getThreshold(), "8"),
				property("recovery.window", "PT5M", (bean) -> bean.getRecovery().getWindow(), "PT5M"),
				property("recovery.interval", "2s", (bean) -> bean.getRecovery().getInterval(), "PT2S"),
				property("recovery.max-interval", "9s", (bean) -> bean.getRecovery().getMaxInterval(), "PT9S"),
				property("shutdown.grace-period", "12s", (bean) -> bean.getShutdown().getGracePeriod(), "PT12S"),
				property("drain.idle-timeout", "3s", (bean) -> bean.getDrain().getIdleTimeout(), "PT3S"),
				property("drain.timeout", "4s", (bean) -> bean.getDrain().getTimeout(), "PT4S"),
				property("recycle.max-requests", "99", (bean) -> bean.getRecycle().getMaxRequests(), "99"),
				property("recycle.max-lifetime", "4h", (bean) -> bean.getRecycle().getMaxLifetime(), "PT4H"),
				property("recycle.max-memory", "600MB", (bean) -> bean.getRecycle().getMaxMemory(), "629145600B"),
				property("recycle.jitter", "0.3", (bean) -> bean.getRecycle().getJitter(), "0.3"),
				property("child.processors", "2", (bean) -> bean.getChild().getProcessors(), "2"),
				property("child.jvm-args", "-Xmx1g,-ea", (bean) -> bean.getChild().getJvmArgs(), "[-Xmx1g, -ea]"),
				property("child.jvm-args[0]", "-Xlog:gc,safepoint", (bean) -> bean.getChild().getJvmArgs(),
						"[-Xlog:gc,safepoint]"),
				property("child.args", "--a=b", (bean) -> bean.getChild().getArgs(), "[--a=b]"),
				property("child.environment.flavour", "sweet", (bean) -> bean.getChild().getEnvironment(),
						"{flavour=sweet}"),
				property("child.heap", "256MB", (bean) -> bean.getChild().getHeap(), "256MB"),
				property("master.lazy", "false", (bean) -> bean.getMaster().isLazy(), "false"),
				property("skip.in-tests", "false", (bean) -> bean.getSkip().isInTests(), "false"));
	}

	private static Arguments property(String name, String value, Function<PreforkProperties, Object> getter,
			String expected) {
		return Arguments.of(name, value, getter, expected);
	}

	@Test
	void bindWhenVariableIsNamedKeepsItsName() {
		this.runner.withPropertyValues("prefork.child.environment.[my.var]=2", "prefork.child.environment.MY_VAR=x")
			.run((context) -> assertThat(context.getBean(PreforkProperties.class).getChild().getEnvironment())
				.containsOnly(Map.entry("my.var", "2"), Map.entry("MY_VAR", "x")));
	}

	@Test
	void bindWhenValueIsEmptyKeepsDefault() {
		this.runner
			.withPropertyValues("prefork.children=", "prefork.listener=", "prefork.boot-timeout=",
					"prefork.child.jvm-args=")
			.run((context) -> {
				PreforkProperties properties = context.getBean(PreforkProperties.class);
				assertThat(properties.getChildren()).isNull();
				assertThat(properties.getListener()).isEqualTo(ListenerMode.REUSEPORT);
				assertThat(properties.getBootTimeout()).hasMinutes(1);
				assertThat(properties.getChild().getJvmArgs()).isEmpty();
			});
	}

	@ParameterizedTest
	@CsvSource({ "children, many", "listener, tcp", "boot-timeout, soon", "master.lazy, perhaps" })
	void bindWhenValueCannotBeReadFails(String name, String value) {
		this.runner.withPropertyValues("prefork." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ConfigurationPropertiesBindException.class)
				.rootCause()
				.hasMessageContaining(value));
	}

	@Test
	void bindWhenReadOnlyPropertiesAreThereIgnoresThem() {
		this.runner.withPropertyValues("prefork.role=MASTER", "prefork.slot=-1", "prefork.generation=0")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void environment(ConfigurableApplicationContext context, Map<String, Object> variables) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		MapPropertySource source = new SystemEnvironmentPropertySource(name, variables);
		context.getEnvironment().getPropertySources().replace(name, source);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(PreforkProperties.class)
	static class Binding {

	}

}
