package io.github.prefork.autoconfigure.survey;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.example.app.ExampleWork;
import com.zaxxer.hikari.HikariConfig;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.StubFleet;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.logging.LoggingMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.metadata.AbstractDataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.Lifecycle;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetSurvey}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FleetSurveyTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean("prefork", Prefork.class,
			() -> new StubFleet(PreforkRole.CHILD));

	@Test
	void lookWhenApplicationWorksByItselfFindsWhatNobodyHasMadeForAFleet() {
		this.runner.withUserConfiguration(ExampleWork.class).run(look((lines) -> {
			assertThat(lines).hasSize(4);
			assertThat(lines).element(0).asString().startsWith("scheduled methods: ExampleWork$Purge.everyHour. ");
			assertThat(lines).element(1).asString().contains(": importer. ");
			assertThat(lines).element(2).asString().startsWith("message listeners: listeners (2). ");
			assertThat(lines).element(3).asString().startsWith("components that run by themselves: poller. ");
		}));
	}

	@Test
	void lookWhenSomethingCannotBeLookedAtFindsTheRest() {
		CommandLineRunner importer = (args) -> {
		};
		this.runner.withBean("importer", CommandLineRunner.class, () -> importer)
			.withBean("broken", Broken.class, Broken::new)
			.run((context) -> assertThat(
					Survey.withoutPorts(new FleetSurvey(context.getSourceApplicationContext()).look(4)))
				.singleElement()
				.asString()
				.contains(": importer. "));
	}

	@Test
	void lookWhenThereAreConnectionPoolsMultipliesTheirSizes() {
		this.runner.withBean("ordersDatabase", DataSource.class, () -> new Pool(10))
			.withBean(DataSourcePoolMetadataProvider.class, () -> FleetSurveyTests::metadata)
			.withBean("reactiveDatabase", ConnectionPool.class, () -> new ConnectionPool(7))
			.withPropertyValues("spring.r2dbc.pool.max-size=99")
			.run(look((lines) -> {
				assertThat(lines).hasSize(2);
				assertThat(lines).element(0)
					.asString()
					.startsWith("connection pool ordersDatabase, 10 connections at most, together 40.")
					.contains("spring.datasource.hikari.maximum-pool-size");
				assertThat(lines).element(1)
					.asString()
					.startsWith("connection pool reactiveDatabase, 7 connections at most, together 28.")
					.contains("spring.r2dbc.pool.max-size");
			}));
	}

	@Test
	void lookWhenAPoolHasNoLimitSaysSo() {
		this.runner.withBean("reactiveDatabase", ConnectionPool.class, () -> new ConnectionPool(Integer.MAX_VALUE))
			.run(look((lines) -> assertThat(lines).singleElement()
				.asString()
				.startsWith("connection pool reactiveDatabase, without a limit. ")
				.doesNotContain("2147483647")));
	}

	@Test
	void lookWhenAPoolOfJdbcHasNoLimitSaysSo() {
		this.runner.withBean("ordersDatabase", DataSource.class, () -> new Pool(-1))
			.withBean(DataSourcePoolMetadataProvider.class, () -> FleetSurveyTests::metadata)
			.run(look((lines) -> assertThat(lines).singleElement()
				.asString()
				.startsWith("connection pool ordersDatabase, without a limit. ")));
	}

	@Test
	void lookWhenAPoolOfHikariHasNotBeenUsedTakesItsDefault() {
		DataSource pool = new HikariConfig();
		this.runner.withBean("ordersDatabase", DataSource.class, () -> pool)
			.withBean(DataSourcePoolMetadataProvider.class, () -> (dataSource) -> metadata(new Pool(-1)))
			.run(look((lines) -> assertThat(lines).singleElement()
				.asString()
				.startsWith("connection pool ordersDatabase, 10 connections at most, together 40.")));
	}

	@Test
	void lookWhenOneDataSourceCannotTellItsUrlCountsTheOthers() {
		this.runner.withBean("first", DataSource.class, () -> new Pool(10))
			.withBean("odd", DataSource.class, () -> new Odd(7))
			.withBean("last", DataSource.class, () -> new Pool(5))
			.withBean(DataSourcePoolMetadataProvider.class, () -> FleetSurveyTests::metadata)
			.run(look((lines) -> {
				assertThat(lines).hasSize(3);
				assertThat(lines).element(0).asString().startsWith("connection pool first, 10 ");
				assertThat(lines).element(1).asString().startsWith("connection pool odd, 7 ");
				assertThat(lines).element(2).asString().startsWith("connection pool last, 5 ");
			}));
	}

	@Test
	void lookWhenADataSourceIsTheProxyOfAnotherOneCountsItOnce() {
		Pool pool = new Pool(10);
		this.runner.withBean("target", DataSource.class, () -> pool)
			.withBean("proxy", DataSource.class, () -> new DelegatingDataSource(pool))
			.withBean("other", DataSource.class, () -> new Pool(5))
			.withBean(DataSourcePoolMetadataProvider.class, () -> FleetSurveyTests::metadata)
			.run(look((lines) -> assertThat(lines).hasSize(2)
				.element(0)
				.asString()
				.startsWith("connection pool target, 10 connections at most")));
	}

	@Test
	void lookWhenMetersArePushedWantsATagThatDiffers() {
		LoggingMeterRegistry registry = new LoggingMeterRegistry((key) -> null, Clock.SYSTEM);
		this.runner.withBean(LoggingMeterRegistry.class, () -> registry).run((context) -> {
			look((lines) -> assertThat(lines).singleElement()
				.asString()
				.startsWith("meter registries that push: LoggingMeterRegistry. ")).accept(context);
			registry.counter("any", "slot", "0").increment();
			look((lines) -> assertThat(lines).isEmpty()).accept(context);
			registry.counter("other").increment();
			look((lines) -> assertThat(lines).hasSize(1)).accept(context);
		});
	}

	@ParameterizedTest
	@CsvSource({ "slot, 0, true", "process.pid, 1, true", "service.instance.id, a, true", "Instance, a, true",
			"id, PID@host, true", "host, a, false", "region, eu, false" })
	void lookWhenAllMetersHaveATagThatDiffersWantsNone(String key, String value, boolean differs) {
		LoggingMeterRegistry registry = new LoggingMeterRegistry((name) -> null, Clock.SYSTEM);
		registry.config().commonTags(key, value.replace("PID", Long.toString(ProcessHandle.current().pid())));
		registry.counter("any", "kind", "a").increment();
		registry.counter("other").increment();
		this.runner.withBean(LoggingMeterRegistry.class, () -> registry)
			.run(look((lines) -> assertThat(lines).hasSize((differs) ? 0 : 1)));
	}

	@Test
	void lookWhenARegistryPushesWithoutSayingSoNamesIt() {
		this.runner.withBean("graphite", MeterRegistry.class, GraphiteMeterRegistry::new)
			.withBean("simple", MeterRegistry.class, SimpleMeterRegistry::new)
			.run(look((lines) -> assertThat(lines).singleElement()
				.asString()
				.startsWith("meter registries that push: GraphiteMeterRegistry. ")));
	}

	@Test
	void lookWhenAnotherPortIsOpenNamesIt() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Set<Integer> ports = ListeningPorts.ofThisProcess();
			assertThat(ports).contains(socket.getLocalPort());
			this.runner.run((context) -> {
				ExistingBeans beans = new ExistingBeans(context.getBeanFactory());
				assertThat(new OtherPorts(8080, List.of(8080)).find(beans, 4)).isEmpty();
				assertThat(new OtherPorts(8080, List.of(8080, 9090)).find(beans, 4)).singleElement()
					.asString()
					.startsWith("servers on other ports: 9090. ");
			});
		}
	}

	@Test
	void tellWhenThereIsSomethingIsOneWarning(CapturedOutput output) {
		this.runner.withUserConfiguration(ExampleWork.class).run((context) -> {
			new FleetSurvey(context.getSourceApplicationContext()).tell(4);
			assertThat(output.toString().split("Each of the 4 children", -1)).hasSize(2);
			assertThat(output).containsPattern("WARN .*" + FleetSurvey.LOGGER)
				.contains("docs/run-once.md")
				.contains("@ConditionalOnPreforkRole({ CHILD, STANDALONE })")
				.contains("\n  - scheduled methods: ");
		});
	}

	@Test
	void tellWhenThereIsOnlyAPoolIsNoWarning(CapturedOutput output) {
		this.runner.withBean("pool", DataSource.class, () -> new Pool(10))
			.withBean(DataSourcePoolMetadataProvider.class, () -> FleetSurveyTests::metadata)
			.run((context) -> {
				new FleetSurvey(context.getSourceApplicationContext()).tell(4);
				assertThat(output).containsPattern("INFO .*" + FleetSurvey.LOGGER)
					.contains("\n  - connection pool pool, 10 connections at most, together 40.")
					.doesNotContain("@ConditionalOnPreforkRole")
					.doesNotContainPattern("WARN .*" + FleetSurvey.LOGGER);
			});
	}

	@Test
	void tellWhenTheMasterIsNotLazyCountsIt(CapturedOutput output) {
		this.runner.withUserConfiguration(ExampleWork.class)
			.withPropertyValues("prefork.master.lazy=false")
			.run((context) -> {
				new FleetSurvey(context.getSourceApplicationContext()).tell(4);
				assertThat(output).contains("Each of the 4 children and the master (prefork.master.lazy=false) runs ")
					.contains("happens 5 times");
			});
	}

	@Test
	void lookDoesNotListThePortOfTheMaster() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.runner.withPropertyValues("local.server.port=" + socket.getLocalPort())
				.run((context) -> assertThat(new FleetSurvey(context.getSourceApplicationContext()).look(4))
					.filteredOn((line) -> line.startsWith("servers on other ports"))
					.singleElement()
					.asString()
					.containsPattern("\\b" + other.getLocalPort() + "\\b")
					.doesNotContainPattern("\\b" + socket.getLocalPort() + "\\b"));
		}
	}

	private static DataSourcePoolMetadata metadata(DataSource dataSource) {
		return new AbstractDataSourcePoolMetadata<>(DataSourceUnwrapper.unwrap(dataSource, Pool.class)) {

			@Override
			public Integer getActive() {
				return 0;
			}

			@Override
			public Integer getMax() {
				return getDataSource().size;
			}

			@Override
			public Integer getMin() {
				return 0;
			}

			@Override
			public String getValidationQuery() {
				return "";
			}

			@Override
			public Boolean getDefaultAutoCommit() {
				return true;
			}

		};
	}

	private static ContextConsumer<AssertableApplicationContext> look(Consumer<List<String>> assertions) {
		return Survey.look(assertions);
	}

	/**
	 * Does not tell whether it runs.
	 */
	private static final class Broken implements Lifecycle {

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			throw new IllegalStateException("Not known");
		}

	}

	/**
	 * Named as the one that pushes.
	 */
	private static final class GraphiteMeterRegistry extends SimpleMeterRegistry {

	}

	/**
	 * A pool without a database.
	 */
	private static class Pool extends AbstractDataSource {

		private final int size;

		Pool(int size) {
			this.size = size;
		}

		@Override
		public Connection getConnection() {
			throw new IllegalStateException("Nobody needs a connection");
		}

		@Override
		public Connection getConnection(String username, String password) {
			throw new IllegalStateException("Nobody needs a connection");
		}

	}

	/**
	 * Would have to connect to tell its URL.
	 */
	private static final class Odd extends Pool {

		Odd(int size) {
			super(size);
		}

		String getUrl() throws SQLException {
			throw new SQLException("Not connected");
		}

	}

}
