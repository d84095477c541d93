package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.Locale;

/**
 * How much of one of its limits a child has used.
 *
 * @param share the share of the limit, 1 or more if it is reached
 * @param ofMemory whether it is the limit of memory
 * @param text the same in words, what is to be said of the child
 */
record Use(double share, boolean ofMemory, String text) {

	private static final double MIB = 1024 * 1024;

	static Use ofRequests(long requests, long limit) {
		return new Use((double) requests / limit, false,
				String.format(Locale.ROOT, "has had %,d requests of at most %,d", requests, limit));
	}

	static Use ofLifetime(Duration served, Duration limit) {
		return new Use((double) served.toNanos() / limit.toNanos(), false,
				String.format(Locale.ROOT, "has served for %s of at most %s", seconds(served), seconds(limit)));
	}

	static Use ofMemory(long bytes, long limit) {
		return new Use(bytes / (double) limit, true,
				String.format(Locale.ROOT, "uses %,.0f MiB of memory of at most %,.0f MiB", bytes / MIB, limit / MIB));
	}

	boolean isReached() {
		return this.share >= 1;
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%,.1f s", duration.toMillis() / 1000.0);
	}

}
