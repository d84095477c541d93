package io.github.prefork.supervisor;

import java.util.random.RandomGenerator;

import io.github.prefork.supervisor.SupervisorSettings.Recycle;

/**
 * What one child may use before it is recycled. The limits of children that were launched
 * together differ a little, so that they are not all reached together.
 *
 * @param requests the number of requests, 0 for any
 * @param lifetimeNanos for how many nanoseconds it may serve, 0 for any
 * @param memory the number of bytes, 0 for any
 */
record ChildLimits(long requests, long lifetimeNanos, long memory) {

	static ChildLimits draw(Recycle recycle, RandomGenerator random) {
		double factor = 1 + recycle.jitter() * (2 * random.nextDouble() - 1);
		return new ChildLimits(scaled(recycle.maxRequests(), factor), scaled(recycle.maxLifetime().toNanos(), factor),
				scaled(recycle.maxMemory(), factor));
	}

	private static long scaled(long limit, double factor) {
		return (limit > 0) ? Math.max(1, (long) (limit * factor)) : 0;
	}

}
