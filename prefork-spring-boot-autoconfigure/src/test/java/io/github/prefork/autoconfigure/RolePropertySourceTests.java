package io.github.prefork.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignment;
import io.github.prefork.autoconfigure.role.Assignments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RolePropertySource}.
 */
class RolePropertySourceTests {

	private static final List<String> REGISTRATION = List.of("spring.cloud.service-registry.auto-registration.enabled",
			"spring.cloud.consul.discovery.register", "spring.cloud.zookeeper.discovery.register",
			"spring.cloud.nacos.discovery.register-enabled", "eureka.client.register-with-eureka",
			"spring.boot.admin.client.auto-registration", "spring.boot.admin.client.auto-deregistration");

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void ofWhenMasterLaysItsProperties() {
		assertThat(propertiesOf(PreforkRole.MASTER)).containsOnly(Map.entry("prefork.role", "MASTER"),
				Map.entry("prefork.slot", -1), Map.entry("prefork.generation", 0),
				Map.entry("prefork.file-label", "master"), Map.entry("logging.pattern.correlation", "[master] "),
				Map.entry("spring.reactor.netty.shutdown-quiet-period", "0s"),
				Map.entry("management.endpoint.health.validate-group-membership", "false"),
				Map.entry("spring.datasource.hikari.minimum-idle", "0"),
				Map.entry("spring.r2dbc.pool.initial-size", "0"),
				Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "PT40S"));
	}

	@Test
	void ofWhenUserHasSetLeavesIt() {
		this.environment.setProperty("spring.reactor.netty.shutdown-quiet-period", "1s");
		this.environment.setProperty("management.endpoint.health.validateGroupMembership", "true");
		this.environment.setProperty("spring.datasource.hikari.minimumIdle", "2");
		this.environment.setProperty("spring.r2dbc.pool.initial-size", "2");
		assertThat(propertiesOf(PreforkRole.MASTER)).containsOnlyKeys("prefork.role", "prefork.slot",
				"prefork.generation", "prefork.file-label", "logging.pattern.correlation",
				"spring.lifecycle.timeout-per-shutdown-phase");
	}

	@Test
	void ofWhenMasterIsNotLazyLeavesItsPools() {
		this.environment.setProperty("prefork.master.lazy", "false");
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKeys("spring.datasource.hikari.minimum-idle",
				"spring.r2dbc.pool.initial-size");
	}

	// Spring Boot refuses to start with both
	@Test
	void ofWhenPoolIsInTheUrlLaysNoPropertyOfAPool() {
		this.environment.setProperty("spring.r2dbc.url", "r2dbc:pool:postgresql://localhost/db");
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey("spring.r2dbc.pool.initial-size");
	}

	// Here too
	@Test
	void ofWhenThereIsNoReactivePoolLaysNoPropertyOfIt() {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new FilteredClassLoader("io.r2dbc.pool"));
		try {
			assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey("spring.r2dbc.pool.initial-size");
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	@Test
	void ofWhenUserHasSetByEnvironmentVariableLeavesIt() {
		Map<String, Object> variables = Map.of("SPRING_REACTOR_NETTY_SHUTDOWNQUIETPERIOD", "1s");
		this.environment.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					variables));
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey("spring.reactor.netty.shutdown-quiet-period");
	}

	@Test
	void ofWhenPhaseTimeoutIsShorterOverridesIt() {
		this.environment.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "3s");
		assertThat(propertiesOf(PreforkRole.MASTER)).containsEntry("spring.lifecycle.timeout-per-shutdown-phase",
				"PT13S");
	}

	@Test
	void ofWhenPhaseTimeoutIsLongerLeavesIt() {
		this.environment.setProperty("prefork.shutdown.grace-period", "10s");
		this.environment.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "1m");
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey("spring.lifecycle.timeout-per-shutdown-phase");
	}

	@Test
	void ofWhenChildLaysItsProperties() {
		this.environment.setProperty("logging.file.name", "logs/app.log");
		this.environment.setProperty("spring.pid.file", "app.pid");
		Map<String, Object> properties = propertiesOf(PreforkRole.CHILD);
		properties.keySet().removeAll(REGISTRATION);
		assertThat(properties).containsOnly(Map.entry("prefork.role", "CHILD"), Map.entry("prefork.slot", 3),
				Map.entry("prefork.generation", 2), Map.entry("prefork.file-label", "3"),
				Map.entry("logging.pattern.correlation", "[slot 3] "),
				Map.entry("spring.reactor.netty.shutdown-quiet-period", "0s"),
				Map.entry("spring.main.banner-mode", "off"),
				Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "PT25S"),
				Map.entry("logging.file.name", "logs/app-3.log"), Map.entry("spring.pid.file", "app-3.pid"));
	}

	@Test
	void ofWhenAllProcessesHaveABannerChildHasNone() {
		this.environment.setProperty("spring.main.bannerMode", "console");
		assertThat(propertiesOf(PreforkRole.CHILD)).containsEntry("spring.main.banner-mode", "off");
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey("spring.main.banner-mode");
	}

	@ParameterizedTest
	@CsvSource({ "jvm-args, -Dspring.main.banner-mode=log", "args, --spring.main.banner-mode=log",
			"environment.SPRING_MAIN_BANNERMODE, log" })
	void ofWhenABannerIsWantedInChildrenLeavesIt(String name, String value) {
		this.environment.setProperty("prefork.child." + name, value);
		assertThat(propertiesOf(PreforkRole.CHILD)).doesNotContainKey("spring.main.banner-mode");
	}

	@Test
	void ofWhenChildRegistersTheServiceNowhere() {
		this.environment.setProperty("eureka.client.registerWithEureka", "true");
		assertThat(propertiesOf(PreforkRole.CHILD))
			.containsAllEntriesOf(REGISTRATION.stream().collect(Collectors.toMap((name) -> name, (name) -> "false")));
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKeys(REGISTRATION.toArray(String[]::new));
		assertThat(propertiesOf(PreforkRole.STANDALONE)).doesNotContainKeys(REGISTRATION.toArray(String[]::new));
	}

	// A condition looks at it, so beans that the application needs may depend on it
	@Test
	void ofWhenUserHasSetThatRegistrationIsOnLeavesIt() {
		this.environment.setProperty("spring.cloud.service-registry.autoRegistration.enabled", "true");
		assertThat(propertiesOf(PreforkRole.CHILD)).doesNotContainKey(REGISTRATION.get(0))
			.containsEntry("spring.cloud.consul.discovery.register", "false");
	}

	@Test
	void ofWhenChildHasDrainTimeoutLetsItsServerWaitSoLong() {
		this.environment.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "1m");
		this.environment.setProperty("prefork.drain.timeout", "7s");
		assertThat(propertiesOf(PreforkRole.CHILD)).containsEntry("spring.lifecycle.timeout-per-shutdown-phase",
				"PT7S");
	}

	@Test
	void ofWhenGracePeriodIsShortDrainIsShorter() {
		this.environment.setProperty("prefork.shutdown.grace-period", "6s");
		assertThat(propertiesOf(PreforkRole.CHILD)).containsEntry("spring.lifecycle.timeout-per-shutdown-phase",
				"PT4S");
	}

	@Test
	void ofWhenChildHasLogPathNamesItsOwnFile() {
		this.environment.setProperty("logging.file.path", "/var/log/app");
		assertThat(propertiesOf(PreforkRole.CHILD)).containsEntry("logging.file.name", "/var/log/app/spring-3.log");
	}

	@Test
	void ofWhenChildHasPlaceholderInFileResolvesIt() {
		this.environment.setProperty("base", "/srv");
		this.environment.setProperty("logging.file.name", "${base}/app.log");
		assertThat(propertiesOf(PreforkRole.CHILD)).containsEntry("logging.file.name", "/srv/app-3.log");
	}

	@Test
	void ofWhenAnotherProcessOfTheSlotLivesChildWritesNoneOfItsFiles() {
		this.environment.setProperty("logging.file.name", "app.log");
		this.environment.setProperty("spring.pid.file", "app.pid");
		assertThat(child(0, "0-2")).containsEntry("logging.file.name", "app-0-2.log")
			.containsEntry("spring.pid.file", "app-0-2.pid")
			.containsEntry("prefork.file-label", "0-2")
			.containsEntry("prefork.slot", 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "logback", "log4j2" })
	void ofWhenUserNamesTheFilesThatAreRolledAwayChildHasItsOwn(String system) {
		String property = "logging." + system + ".rollingpolicy.file-name-pattern";
		this.environment.setProperty(property, "old/%d{yyyy/MM/dd}/app.%i.gz");
		assertThat(child(0, "0-2")).containsEntry(property, "old/%d{yyyy/MM/dd}/app.%i-0-2.gz");
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey(property);
		this.environment.setProperty(property, "${LOG_FILE}.%d{yyyy-MM-dd}.%i.gz");
		assertThat(child(0, "0-2")).doesNotContainKey(property);
		this.environment.setProperty(property, "app-${prefork.file-label}.%d{yyyy-MM-dd}.%i.gz");
		assertThat(child(0, "0-2")).doesNotContainKey(property);
	}

	@Test
	void ofWhenUserPutsTheLabelIntoTheNameLeavesIt() {
		this.environment.setProperty("logging.file.name", "${prefork.file-label}/app.log");
		assertThat(child(0, "0")).doesNotContainKey("logging.file.name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "correlation", "console", "file" })
	void ofWhenUserHasAPatternLeavesTheLinesOfLogAlone(String pattern) {
		this.environment.setProperty("logging.pattern." + pattern, "");
		assertThat(propertiesOf(PreforkRole.CHILD)).doesNotContainKey("logging.pattern.correlation");
		assertThat(propertiesOf(PreforkRole.MASTER)).doesNotContainKey("logging.pattern.correlation");
	}

	@Test
	void ofWhenStandbyLetsTheLogLookUpItsPlace() {
		assertThat(child(-1, "standby-0"))
			.containsEntry("logging.pattern.correlation", "[%property{io.github.prefork.place}] ")
			.containsEntry("prefork.slot", -1);
	}

	@Test
	void ofWhenTracingIsThereKeepsItsIdentifiers() {
		PropertySource<?> source = RolePropertySource.of(Assignments.of(PreforkRole.CHILD),
				new UserSettings(this.environment));
		assertThat(source.getProperty("logging.pattern.correlation")).isEqualTo("[slot 3] ");
		Map<String, Object> tracing = new HashMap<>(Map.of("logging.expect-correlation-id", true));
		this.environment.getPropertySources().addLast(new MapPropertySource("logCorrelation", tracing));
		assertThat(source.getProperty("logging.pattern.correlation")).isEqualTo("[slot 3] %correlationId");
		tracing.put("logging.pattern.correlation", "%X{trace} ");
		assertThat(source.getProperty("logging.pattern.correlation")).isEqualTo("[slot 3] %X{trace} ");
		assertThat(propertiesOf(PreforkRole.CHILD)).containsKey("logging.pattern.correlation");
	}

	@Test
	void ofWhenStandaloneSaysOnlyWhoItIs() {
		this.environment.setProperty("prefork.slot", "7");
		assertThat(propertiesOf(PreforkRole.STANDALONE)).containsOnly(Map.entry("prefork.role", "STANDALONE"),
				Map.entry("prefork.slot", 0), Map.entry("prefork.generation", 0),
				Map.entry("prefork.file-label", "standalone"));
	}

	@Test
	void ofWhenStandaloneBesideAChildKeepsAwayFromThePortThatTheMasterServes() {
		this.environment.setProperty("server.port", "9090");
		this.environment.setProperty("server.address", "0.0.0.0");
		assertThat(propertiesOf(Assignments.besideChild())).containsOnly(Map.entry("prefork.role", "STANDALONE"),
				Map.entry("prefork.slot", 0), Map.entry("prefork.generation", 0),
				Map.entry("prefork.file-label", "standalone"), Map.entry("server.port", "0"),
				Map.entry("server.address", "127.0.0.1"), Map.entry("server.shutdown", "immediate"));
	}

	private Map<String, Object> child(int slot, String label) {
		return propertiesOf(Assignments.ofChild(slot, label));
	}

	private Map<String, Object> propertiesOf(PreforkRole role) {
		return propertiesOf(Assignments.of(role));
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> propertiesOf(Assignment assignment) {
		PropertySource<?> source = RolePropertySource.of(assignment, new UserSettings(this.environment));
		assertThat(source).isInstanceOf(MapPropertySource.class);
		assertThat(source.getName()).isEqualTo("prefork");
		return new HashMap<>((Map<String, Object>) source.getSource());
	}

}
