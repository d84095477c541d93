package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.prefork.supervisor.SupervisorSettings.Recycle;

/**
 * What one child may use before it is recycled. The limits of children that were launched
 * together differ a little, so that they are not all reached together.
 *
 * @param requests the number of requests, 0 for any
 * @param lifetime for how long it may serve, zero for any time
 * @param memory the number of bytes, 0 for any
 */
record ChildLimits(long requests, Duration lifetime, long memory) {

	static ChildLimits draw(Recycle recycle, RandomGenerator random) {
		double factor = 1 + recycle.jitter() * (2 * random.nextDouble() - 1);
		return new ChildLimits(scaled(recycle.maxRequests(), factor),
				Duration.ofNanos(scaled(recycle.maxLifetime().toNanos(), factor)), scaled(recycle.maxMemory(), factor));
	}

	private static long scaled(long limit, double factor) {
		return (limit > 0) ? Math.max(1, (long) (limit * factor)) : 0;
	}

}
