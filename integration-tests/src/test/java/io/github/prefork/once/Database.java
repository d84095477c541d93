package io.github.prefork.once;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import org.h2.tools.Server;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension, to be registered as a static field: a database server that is no part
 * of the fleet. It has one database, in memory.
 */
final class Database implements BeforeAllCallback, AfterAllCallback {

	private static final String NAME = "mem:once;DB_CLOSE_DELAY=-1";

	private Server server;

	private Connection connection;

	@Override
	public void beforeAll(ExtensionContext context) throws SQLException {
		System.setProperty("h2.bindAddress", "127.0.0.1");
		this.server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		this.connection = DriverManager.getConnection("jdbc:h2:" + NAME, "sa", "");
	}

	@Override
	public void afterAll(ExtensionContext context) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("shutdown");
		}
		this.server.stop();
	}

	/**
	 * Drop whatever the database has, so that a fleet finds it as the first one did.
	 */
	void clear() {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("drop all objects");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int port() {
		return this.server.getPort();
	}

	String url() {
		return "jdbc:h2:tcp://127.0.0.1:" + port() + "/" + NAME;
	}

	/**
	 * Read what was written into the journal, the oldest first.
	 * @param entry the kind of entries
	 * @return the entries
	 * @throws SQLException on failure
	 */
	List<JournalEntry> journal(String entry) throws SQLException {
		return query("select run, pid, slot from journal where entry = '%s' order by id".formatted(entry),
				(row) -> new JournalEntry(row.getString(1), row.getLong(2), row.getInt(3)));
	}

	/**
	 * Read when each migration was done, the oldest first.
	 * @return the versions with their times
	 * @throws SQLException on failure
	 */
	List<Migration> migrations() throws SQLException {
		return query(
				"select \"version\", cast(\"installed_on\" as timestamp with time zone) "
						+ "from \"flyway_schema_history\" where \"version\" is not null order by \"installed_rank\"",
				(row) -> new Migration(row.getString(1), row.getObject(2, OffsetDateTime.class)));
	}

	private synchronized <T> List<T> query(String sql, Row<T> row) throws SQLException {
		List<T> found = new ArrayList<>();
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				found.add(row.read(rows));
			}
		}
		return found;
	}

	/**
	 * One row of a journal.
	 *
	 * @param run which run of a job, or which message
	 * @param pid who wrote it
	 * @param slot its slot
	 */
	record JournalEntry(String run, long pid, int slot) {

	}

	/**
	 * One row of Flyway's history.
	 *
	 * @param version its version
	 * @param time when it was done
	 */
	record Migration(String version, OffsetDateTime time) {

	}

	/**
	 * Reads a row.
	 *
	 * @param <T> what it is read as
	 */
	private interface Row<T> {

		T read(ResultSet row) throws SQLException;

	}

}
