package io.github.prefork.recipes;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.prefork.ChildSpawned;
import io.github.prefork.autoconfigure.lazy.LazyMasterInitializer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a master does with a database.
 */
class MasterDatabaseTests {

	private static final String[] ARGUMENTS = { "--spring.datasource.url=", "--spring.sql.init.mode=always",
			"--spring.sql.init.schema-locations=classpath:other-schema.sql" };

	@Test
	void masterWhenAHookNeedsTheDatabaseHasNoPoolAndMigratesNothing() {
		try (ConfigurableApplicationContext context = application().initializers(new LazyMasterInitializer())
			.run(ARGUMENTS)) {
			assertThat(context.getBeanFactory().containsSingleton("jdbcClient")).isTrue();
			DataSource dataSource = context.getBean(DataSource.class);
			assertThat(dataSource).isInstanceOfSatisfying(HikariDataSource.class,
					(pool) -> assertThat(pool.isRunning()).isFalse());
			assertThat(tables(context)).isZero();
		}
	}

	@Test
	void applicationWithoutPreforkMigrates() {
		try (ConfigurableApplicationContext context = application().run(ARGUMENTS)) {
			assertThat(tables(context)).isEqualTo(6);
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Databases.class).web(WebApplicationType.NONE);
	}

	private static int tables(ConfigurableApplicationContext context) {
		return context.getBean(JdbcClient.class)
			.sql("select count(*) from information_schema.tables where table_schema = 'PUBLIC'")
			.query(Integer.class)
			.single();
	}

	/**
	 * A database with migrations and a script, and a listener in the master that needs
	 * it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class, FlywayAutoConfiguration.class })
	@Import(Hook.class)
	static class Databases {

	}

	/**
	 * Needs the database when a child is launched.
	 */
	static class Hook {

		private final JdbcClient jdbc;

		Hook(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@EventListener
		void spawned(ChildSpawned event) {
			this.jdbc.sql("select 1").query(Integer.class).single();
		}

	}

}
