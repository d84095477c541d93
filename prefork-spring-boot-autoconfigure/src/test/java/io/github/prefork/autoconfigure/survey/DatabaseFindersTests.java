package io.github.prefork.autoconfigure.survey;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.StubFleet;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.util.ClassUtils;
import org.springframework.util.StreamUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for what {@link FleetSurvey} says of databases, besides their pools. Nobody
 * connects to one.
 */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseFindersTests {

	private static final String SHARED = "jdbc:h2:tcp://localhost/mem:orders";

	private static final String MEMORY = "jdbc:h2:mem:orders";

	private static final String HIBERNATE = "hibernate.hbm2ddl.auto";

	private static final String JPA = "jakarta.persistence.schema-generation.database.action";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean("prefork", Prefork.class,
			() -> new StubFleet(PreforkRole.CHILD));

	@Test
	void lookWhenScriptsAlwaysRunNamesThoseThatThereAre() {
		look(scripts(DatabaseInitializationMode.ALWAYS, SHARED), (lines) -> assertThat(lines).singleElement()
			.asString()
			.startsWith("scripts of a database, which a replacement runs again: initializer (schema.sql, data.sql). "));
	}

	@ParameterizedTest
	@CsvSource({ "NEVER, " + SHARED, "EMBEDDED, " + SHARED })
	void lookWhenScriptsDoNotRunNamesNone(DatabaseInitializationMode mode, String url) {
		look(scripts(mode, url), (lines) -> assertThat(lines).isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "EMBEDDED, " + MEMORY, "ALWAYS, " + MEMORY })
	void lookWhenScriptsRunInAMemoryOfEachChildNamesTheDatabaseOnly(DatabaseInitializationMode mode, String url) {
		look(scripts(mode, url),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("databases in memory: dataSource. Each child has one of its own"));
	}

	@Test
	void lookWhenThereAreNoScriptsNamesNone() {
		DatabaseInitializationSettings settings = settings(DatabaseInitializationMode.ALWAYS);
		settings.setSchemaLocations(List.of("optional:classpath*:none.sql", "optional:file:/no/such/*.sql"));
		settings.setDataLocations(null);
		look(this.runner.withBean("initializer", Initializer.class,
				() -> new Initializer(new DriverManagerDataSource(SHARED), settings)),
				(lines) -> assertThat(lines).isEmpty());
	}

	@Test
	void lookWhenItCannotBeToldWhereScriptsRunNamesThem() {
		look(this.runner.withBean("initializer", Unknown.class),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.contains(": initializer (schema.sql, data.sql). "));
	}

	@Test
	void lookWhenTheInitializerNamesItsRolesNamesNone() {
		look(this.runner.withUserConfiguration(Meant.class), (lines) -> assertThat(lines).isEmpty());
	}

	@Test
	void lookCreatesNothing() {
		AtomicInteger created = new AtomicInteger();
		look(this.runner.withBean(AtomicInteger.class, () -> created).withUserConfiguration(LazyBeans.class),
				(lines) -> assertThat(lines).isEmpty());
		assertThat(created).hasValue(0);
	}

	@ParameterizedTest
	@CsvSource({ HIBERNATE + ", create-drop", HIBERNATE + ", create", HIBERNATE + ", drop", JPA + ", drop-and-create",
			JPA + ", drop", JPA + ", create-drop" })
	void lookWhenTheSchemaIsDroppedSaysSo(String key, String action) {
		look(factory(SHARED, key, action),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("schema generation that DROPS TABLES: factory (" + action + "). ")
					.contains("spring.jpa.hibernate.ddl-auto=validate"));
	}

	@Test
	void lookWhenTablesAreEmptiedSaysSo() {
		look(factory(SHARED, HIBERNATE, "truncate"),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("schema generation that EMPTIES TABLES: factory (truncate). ")
					.contains("deletes all rows"));
	}

	@Test
	void tellWithoutSpringBootJdbcStillNamesSchemaGeneration(CapturedOutput output) {
		ClassLoader without = new WithoutBootJdbc();
		factory(SHARED, HIBERNATE, "create-drop").withClassLoader(without).run((context) -> {
			Class<?> survey = without.loadClass(FleetSurvey.class.getName());
			assertThat(survey.getClassLoader()).isSameAs(without);
			Object instance = survey.getConstructor(ConfigurableApplicationContext.class)
				.newInstance(context.getSourceApplicationContext());
			survey.getMethod("tell", int.class).invoke(instance, 4);
			assertThat(output).contains("  - schema generation that DROPS TABLES: factory (create-drop). ");
		});
	}

	@ParameterizedTest
	@CsvSource({ HIBERNATE + ", update", HIBERNATE + ", create-only", JPA + ", create" })
	void lookWhenTheSchemaIsChangedSaysSo(String key, String action) {
		look(factory(SHARED, key, action),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("schema generation: factory (" + action + "). ")
					.contains("spring.jpa.hibernate.ddl-auto=validate"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "validate", "" })
	void lookWhenTheSchemaIsNotChangedSaysNothing(String action) {
		look(factory(SHARED, HIBERNATE, action), (lines) -> assertThat(lines).isEmpty());
	}

	@Test
	void lookWhenTheSchemaIsThatOfADatabaseInMemorySaysNothingOfIt() {
		look(factory(MEMORY, HIBERNATE, "create-drop"), (lines) -> assertThat(lines).isEmpty());
	}

	@Test
	void lookWhenOnlyThePropertiesOfAFactoryNameTheDatabaseBelievesThem() {
		look(factory(null, HIBERNATE, "create-drop"), (lines) -> assertThat(lines).hasSize(1));
		look(this.runner.withBean("factory", AbstractEntityManagerFactoryBean.class,
				() -> new AbstractEntityManagerFactoryBean(null).effective(HIBERNATE, "create-drop")
					.effective("hibernate.connection.url", MEMORY)),
				(lines) -> assertThat(lines).isEmpty());
	}

	@Test
	void lookWhenAFactoryDoesOtherwiseThanAskedBelievesTheFactory() {
		look(this.runner.withBean("factory", AbstractEntityManagerFactoryBean.class,
				() -> new AbstractEntityManagerFactoryBean(null).asked(HIBERNATE, "none")
					.effective(HIBERNATE, "update")),
				(lines) -> assertThat(lines).singleElement().asString().contains("factory (update)"));
	}

	@Test
	void lookWhenAnEntityManagerFactoryWasMadeByHandAsksIt() {
		look(this.runner.withBean("factory", EntityManagerFactory.class, () -> () -> Map.of(JPA, "drop")),
				(lines) -> assertThat(lines).singleElement().asString().contains("factory (drop)"));
	}

	@ParameterizedTest
	@CsvSource({ MEMORY + ", true", "jdbc:hsqldb:mem:orders, true", "jdbc:sqlite::memory:, true", SHARED + ", false",
			"jdbc:h2:file:./mem, false", "jdbc:postgresql://localhost/orders, false" })
	void includeTellsByTheUrl(String url, boolean expected) {
		DataSource dataSource = new DriverManagerDataSource(url);
		assertThat(MemoryDatabases.include(dataSource)).isEqualTo(expected);
		assertThat(MemoryDatabases.include(new DelegatingDataSource(dataSource))).isEqualTo(expected);
	}

	@Test
	void lookWhenOneDataSourceCannotTellItsUrlNamesTheOthers() {
		look(this.runner.withBean("first", DataSource.class, () -> new DriverManagerDataSource(MEMORY))
			.withBean("odd", DataSource.class, Odd::new)
			.withBean("last", DataSource.class, () -> new DriverManagerDataSource(MEMORY)),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("databases in memory: first, last. "));
	}

	@Test
	void includeWhenSpringMadeTheDatabaseIsTrue() {
		assertThat(MemoryDatabases.include(mock(EmbeddedDatabase.class))).isTrue();
		assertThat(MemoryDatabases.include(mock(DataSource.class))).isFalse();
	}

	private ApplicationContextRunner scripts(DatabaseInitializationMode mode, String url) {
		DataSource dataSource = new DriverManagerDataSource(url);
		return this.runner.withBean("dataSource", DataSource.class, () -> dataSource)
			.withBean("initializer", Initializer.class, () -> new Initializer(dataSource, settings(mode)));
	}

	private ApplicationContextRunner factory(@Nullable String url, String key, String action) {
		DataSource dataSource = (url != null) ? new DriverManagerDataSource(url) : null;
		return this.runner.withBean("factory", AbstractEntityManagerFactoryBean.class,
				() -> new AbstractEntityManagerFactoryBean(dataSource).asked(key, action));
	}

	private static DatabaseInitializationSettings settings(DatabaseInitializationMode mode) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings
			.setSchemaLocations(List.of("optional:classpath*:schema-all.sql", "optional:classpath*:survey/schema.sql"));
		settings.setDataLocations(List.of("classpath:survey/data.sql"));
		settings.setMode(mode);
		return settings;
	}

	private static void look(ApplicationContextRunner runner, Consumer<List<String>> assertions) {
		runner.run(Survey.look(assertions));
	}

	/**
	 * Would have to connect to tell its URL.
	 */
	public static class Odd extends DriverManagerDataSource {

		public String getURL() throws SQLException {
			throw new SQLException("Not connected");
		}

	}

	/**
	 * Has the survey of an application that has no Spring Boot's JDBC.
	 */
	private static final class WithoutBootJdbc extends ClassLoader {

		WithoutBootJdbc() {
			super(WithoutBootJdbc.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("org.springframework.boot.jdbc.")) {
				throw new ClassNotFoundException(name);
			}
			if (name.startsWith(FleetSurvey.class.getPackageName()) && findLoadedClass(name) == null) {
				byte[] code = code(name);
				return defineClass(name, code, 0, code.length);
			}
			return super.loadClass(name, resolve);
		}

		private byte[] code(String name) throws ClassNotFoundException {
			try (InputStream in = getResourceAsStream(ClassUtils.convertClassNameToResourcePath(name) + ".class")) {
				return StreamUtils.copyToByteArray(in);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

	/**
	 * Would run scripts.
	 */
	static class Initializer extends DataSourceScriptDatabaseInitializer {

		Initializer(DataSource dataSource, DatabaseInitializationSettings settings) {
			super(dataSource, settings);
		}

		@Override
		protected boolean isEmbeddedDatabase() {
			return false;
		}

		@Override
		protected void runScripts(Scripts scripts) {
		}

	}

	/**
	 * Would run scripts, nobody knows where.
	 */
	static class Unknown extends AbstractScriptDatabaseInitializer {

		Unknown() {
			super(settings(DatabaseInitializationMode.ALWAYS));
		}

		@Override
		protected void runScripts(Scripts scripts) {
		}

	}

	/**
	 * Has scripts that bear it.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Meant {

		@Bean
		@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
		Unknown initializer() {
			return new Unknown();
		}

	}

	/**
	 * Has beans that nobody needs.
	 */
	@Lazy
	@Configuration(proxyBeanMethods = false)
	static class LazyBeans {

		@Bean
		Unknown initializer(AtomicInteger created) {
			created.incrementAndGet();
			return new Unknown();
		}

		@Bean
		DataSource dataSource(AtomicInteger created) {
			created.incrementAndGet();
			return new DriverManagerDataSource(MEMORY);
		}

		@Bean
		EntityManagerFactory factory(AtomicInteger created) {
			created.incrementAndGet();
			return () -> Map.of(JPA, "drop");
		}

	}

}
