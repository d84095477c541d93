package io.github.prefork.recipes;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

/**
 * JUnit extension, to be registered as a field: a database in memory with the tables of
 * the application.
 */
final class TestDatabase implements AfterEachCallback {

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
		.generateUniqueName(true)
		.addScripts("db/migration/V1__shop.sql", "db/migration/V2__jobs.sql")
		.build();

	JdbcClient jdbc() {
		return JdbcClient.create(this.database);
	}

	int entries(String entry) {
		return jdbc().sql("select count(*) from journal where entry = ?").param(entry).query(Integer.class).single();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.database.shutdown();
	}

}
