package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.env.Environment;

/**
 * Pools of R2DBC connections, which are known by their name, and their size as Spring
 * Boot sets it.
 *
 * @param environment the environment of a child
 */
record ReactivePools(Environment environment) implements Finder {

	private static final String POOL = "io.r2dbc.pool.ConnectionPool";

	private static final String MAX_SIZE = "spring.r2dbc.pool.max-size";

	private static final int DEFAULT_SIZE = 10;

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		int max = this.environment.getProperty(MAX_SIZE, Integer.class, DEFAULT_SIZE);
		List<String> lines = new ArrayList<>();
		beans.ofType(Object.class).forEach((name, bean) -> {
			if (bean.getClass().getName().equals(POOL)) {
				lines.add(ConnectionPools.line(name, max, children, MAX_SIZE));
			}
		});
		return lines;
	}

}
