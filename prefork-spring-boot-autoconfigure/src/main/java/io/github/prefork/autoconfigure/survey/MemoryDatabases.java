package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.util.ClassUtils;

/**
 * Databases in the memory of a child. Told by the URL, so that nobody has to connect.
 */
final class MemoryDatabases implements Finder {

	private static final List<String> URLS = List.of(":h2:mem", ":hsqldb:mem:", ":derby:memory:", ":sqlite::memory:");

	private static final String EMBEDDED = "org.springframework.jdbc.datasource.embedded.EmbeddedDatabase";

	/** Not so where an application has a database without spring-boot-jdbc. */
	private static final boolean UNWRAPPED = ClassUtils.isPresent("org.springframework.boot.jdbc.DataSourceUnwrapper",
			MemoryDatabases.class.getClassLoader());

	/** Those of Hikari, and of other pools and drivers. */
	private static final List<String> GETTERS = List.of("getJdbcUrl", "getUrl", "getURL");

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> names = new ArrayList<>();
		Set<DataSource> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		beans.unawareOfType(DataSource.class).forEach((name, dataSource) -> {
			if (include(dataSource) && seen.add(root(dataSource))) {
				names.add(name);
			}
		});
		return names.isEmpty() ? List.of() : List.of("databases in memory: " + String.join(", ", names)
				+ ". Each child has one of its own, and sees nothing of what the others write. Use one outside");
	}

	/**
	 * Return whether each child has a database of its own.
	 * @param dataSource connects to it
	 * @return whether the database is known to be in memory
	 */
	static boolean include(DataSource dataSource) {
		return ExistingBeans.inherits(dataSource.getClass(), EMBEDDED) || Stream.of(dataSource, root(dataSource))
			.anyMatch((each) -> GETTERS.stream()
				.anyMatch((getter) -> Getters.get(each, getter) instanceof String url && isIn(url)));
	}

	private static DataSource root(DataSource dataSource) {
		return (UNWRAPPED) ? DataSourceUnwrapper.unwrapRoot(dataSource) : dataSource;
	}

	/**
	 * Return whether each child has a database of its own.
	 * @param url the JDBC URL of it
	 * @return whether the database is in memory
	 */
	static boolean isIn(String url) {
		return URLS.stream().anyMatch(url::contains);
	}

}
