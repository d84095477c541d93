package io.github.prefork.recipes;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lets the database decide who does a piece of work: whose row comes first.
 */
@Repository
class Claims {

	private final JdbcClient jdbc;

	Claims(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Claim one run of a job. Who has claimed it and ends before it is done leaves it
	 * undone.
	 * @param job the job
	 * @param run which run of it
	 * @return whether nobody else has claimed it
	 */
	boolean take(String job, String run) {
		try {
			this.jdbc.sql("insert into claim (job, run) values (?, ?)").params(job, run).update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

}
