package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/**
 * Pools of JDBC connections.
 */
final class ConnectionPools implements Finder {

	private static final String HIKARI = "com.zaxxer.hikari.HikariConfig";

	private static final int DEFAULT_OF_HIKARI = 10;

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		Collection<DataSourcePoolMetadataProvider> providers = beans.ofType(DataSourcePoolMetadataProvider.class)
			.values();
		CompositeDataSourcePoolMetadataProvider provider = new CompositeDataSourcePoolMetadataProvider(providers);
		List<String> lines = new ArrayList<>();
		Set<DataSource> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		beans.ofType(DataSource.class).forEach((name, dataSource) -> {
			DataSourcePoolMetadata metadata = provider.getDataSourcePoolMetadata(dataSource);
			Integer max = (metadata != null) ? metadata.getMax() : null;
			DataSource root = DataSourceUnwrapper.unwrapRoot(dataSource);
			// A bean may be the proxy of another one
			if (max != null && max != 0 && !MemoryDatabases.include(dataSource) && seen.add(root)) {
				lines.add(line(name, limit(root, max), children, "spring.datasource.hikari.maximum-pool-size"));
			}
		});
		return lines;
	}

	// Before its first connection an older Hikari has no default; never has it no limit
	private static int limit(DataSource root, int max) {
		return (max < 0 && ExistingBeans.inherits(root.getClass(), HIKARI)) ? DEFAULT_OF_HIKARI : max;
	}

	static String line(String name, int max, int children, String property) {
		if (max < 0 || max == Integer.MAX_VALUE) {
			return "connection pool %s, without a limit. Set one that the database bears %d times (%s)".formatted(name,
					children, property);
		}
		return "connection pool %s, %d connections at most, together %d. Divide what the database allows by the number of children (%s)"
			.formatted(name, max, (long) max * children, property);
	}

	@Override
	public boolean isInformation() {
		return true;
	}

}
