package io.r2dbc.pool;

/**
 * Stands for the interface of R2DBC, which is known by its name.
 */
public interface PoolMetrics {

	int getMaxAllocatedSize();

}
