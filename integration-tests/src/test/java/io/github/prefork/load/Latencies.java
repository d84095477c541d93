package io.github.prefork.load;

import java.time.Duration;
import java.util.Collection;

/**
 * Latencies of the requests that succeeded, from their scheduled start. All are zero if
 * there is none.
 *
 * @param count the number of requests
 * @param p50 the time within which half of them ended
 * @param p99 the time within which 99 % of them ended
 * @param max the slowest
 */
public record Latencies(long count, Duration p50, Duration p99, Duration max) {

	static Latencies of(Collection<RequestOutcome> outcomes) {
		long[] nanos = outcomes.stream()
			.filter(RequestOutcome::ok)
			.mapToLong((outcome) -> outcome.latency().toNanos())
			.sorted()
			.toArray();
		return new Latencies(nanos.length, percentile(nanos, 0.50), percentile(nanos, 0.99), percentile(nanos, 1));
	}

	private static Duration percentile(long[] sorted, double fraction) {
		int rank = (int) Math.ceil(fraction * sorted.length);
		return (sorted.length > 0) ? Duration.ofNanos(sorted[Math.max(0, rank - 1)]) : Duration.ZERO;
	}

	@Override
	public String toString() {
		return "p50 %.1f ms, p99 %.1f ms, max %.1f ms of %d".formatted(millis(this.p50), millis(this.p99),
				millis(this.max), this.count);
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

}
