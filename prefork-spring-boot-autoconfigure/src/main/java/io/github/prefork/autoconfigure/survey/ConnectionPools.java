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
			// A bean may be the proxy of another one
			if (max != null && max > 0 && !MemoryDatabases.include(dataSource)
					&& seen.add(DataSourceUnwrapper.unwrapRoot(dataSource))) {
				lines.add(line(name, max, children, "spring.datasource.hikari.maximum-pool-size"));
			}
		});
		return lines;
	}

	static String line(String name, int max, int children, String property) {
		if (max == Integer.MAX_VALUE) {
			return "connection pool %s, without a limit. Set one that the database bears %d times (%s)".formatted(name,
					children, property);
		}
		return "connection pool %s, %d connections at most, together %d. Divide what the database allows by the number of children (%s)"
			.formatted(name, max, (long) max * children, property);
	}

}
