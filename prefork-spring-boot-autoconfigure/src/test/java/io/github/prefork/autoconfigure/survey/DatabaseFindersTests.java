package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.StubFleet;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for what {@link FleetSurvey} says of databases, besides their pools. Nobody
 * connects to one.
 */
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
		look(this.runner.withUserConfiguration(LazyBeans.class), (lines) -> assertThat(lines).isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ HIBERNATE + ", create-drop", HIBERNATE + ", create", HIBERNATE + ", drop", HIBERNATE + ", truncate",
			JPA + ", drop-and-create", JPA + ", drop", JPA + ", create-drop" })
	void lookWhenTheSchemaIsDroppedSaysSo(String key, String action) {
		look(factory(SHARED, key, action),
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("schema generation that DROPS TABLES: factory (" + action + "). ")
					.contains("spring.jpa.hibernate.ddl-auto=validate"));
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
		runner.run((context) -> assertions.accept(new FleetSurvey(context.getSourceApplicationContext()).look(4)
			.stream()
			.filter((line) -> !line.startsWith("servers on other ports"))
			.toList()));
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
		Unknown initializer() {
			throw new IllegalStateException("Created by looking");
		}

		@Bean
		DataSource dataSource() {
			throw new IllegalStateException("Created by looking");
		}

		@Bean
		EntityManagerFactory factory() {
			throw new IllegalStateException("Created by looking");
		}

	}

}
