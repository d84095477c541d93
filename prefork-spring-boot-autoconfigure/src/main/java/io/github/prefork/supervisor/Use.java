package io.github.prefork.supervisor;

import java.util.Locale;

/**
 * How much of one of its limits a child has used. Made often, and seldom put into words.
 *
 * @param kind what is limited
 * @param used what it has used
 * @param limit its limit, more than zero
 */
record Use(Kind kind, long used, long limit) {

	private static final double MIB = 1024 * 1024;

	private static final double SECOND = 1e9;

	double share() {
		return (double) this.used / this.limit;
	}

	boolean isReached() {
		return this.used >= this.limit;
	}

	/**
	 * Put it into words.
	 * @return what is to be said of the child
	 */
	String text() {
		return switch (this.kind) {
			case REQUESTS -> format("has had %,d requests of at most %,d", this.used, this.limit);
			case LIFETIME ->
				format("has served for %,.1f s of at most %,.1f s", this.used / SECOND, this.limit / SECOND);
			case MEMORY -> format("uses %,.0f MiB of memory of at most %,.0f MiB", this.used / MIB, this.limit / MIB);
		};
	}

	private static String format(String text, Object... numbers) {
		return String.format(Locale.ROOT, text, numbers);
	}

	/**
	 * What is limited.
	 */
	enum Kind {

		/** The number of requests. */
		REQUESTS,

		/** The time that it has served, in nanoseconds. */
		LIFETIME,

		/** The memory of its process, in bytes. */
		MEMORY

	}

}
