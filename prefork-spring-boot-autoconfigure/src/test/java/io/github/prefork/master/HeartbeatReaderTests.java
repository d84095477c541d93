package io.github.prefork.master;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeartbeatReader}.
 */
class HeartbeatReaderTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);

	private final AtomicInteger readings = new AtomicInteger();

	private final HeartbeatReader reader = new HeartbeatReader(this.readings::incrementAndGet, Duration.ofMillis(800),
			this.now::get);

	@Test
	void runWhenTurnsAreManyReadsEightTimesInAStallTimeout() {
		for (int i = 0; i < 800; i++) {
			this.reader.run();
			this.now.addAndGet(Duration.ofMillis(1).toNanos());
		}
		assertThat(this.readings).hasValue(8);
	}

	@Test
	void runWhenTurnsAreRareReadsEachTime() {
		for (int i = 0; i < 20; i++) {
			this.reader.run();
			this.now.addAndGet(Duration.ofMillis(200).toNanos());
		}
		assertThat(this.readings).hasValue(20);
	}

}
