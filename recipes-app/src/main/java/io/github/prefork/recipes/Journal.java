package io.github.prefork.recipes;

import io.github.prefork.Prefork;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who did what, in a table.
 */
@Repository
class Journal {

	private final JdbcClient jdbc;

	private final Prefork prefork;

	Journal(JdbcClient jdbc, Prefork prefork) {
		this.jdbc = jdbc;
		this.prefork = prefork;
	}

	void add(String entry, String run) {
		this.jdbc.sql("insert into journal (entry, run, pid, slot) values (?, ?, ?, ?)")
			.params(entry, run, ProcessHandle.current().pid(), this.prefork.slot())
			.update();
	}

}
