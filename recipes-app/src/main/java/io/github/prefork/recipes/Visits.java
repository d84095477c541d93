package io.github.prefork.recipes;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts who came, in a table.
 */
@Repository
class Visits {

	private final JdbcClient jdbc;

	Visits(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	long add() {
		this.jdbc.sql("insert into visit (pid) values (?)").param(ProcessHandle.current().pid()).update();
		return this.jdbc.sql("select count(*) from visit").query(Long.class).single();
	}

}
