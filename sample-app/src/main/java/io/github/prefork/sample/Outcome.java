package io.github.prefork.sample;

import java.time.Duration;

/**
 * What a request for work has done.
 *
 * @param done the work in words
 * @param tookMillis the time it took in milliseconds
 */
record Outcome(String done, long tookMillis) {

	static Outcome since(long startNanos, String done) {
		return new Outcome(done, Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
	}

}
