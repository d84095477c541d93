package io.r2dbc.pool;

import java.util.Optional;

/**
 * Stands for the class of R2DBC, which is known by its name.
 */
public class ConnectionPool {

	private final int max;

	public ConnectionPool(int max) {
		this.max = max;
	}

	public Optional<PoolMetrics> getMetrics() {
		return Optional.of(new Metrics(this.max));
	}

	/**
	 * Nobody can see this class, as there.
	 */
	private record Metrics(int getMaxAllocatedSize) implements PoolMetrics {

	}

}
