package io.github.prefork.supervisor;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueueWatch}.
 */
class QueueWatchTests {

	private static final long MILLI = 1_000_000;

	private final FakeListeners listeners = new FakeListeners();

	private long now = 1_000_000_000;

	private QueueWatch watch = new QueueWatch(this.listeners, Duration.ofMillis(20));

	@Test
	void assistedWhenQueueStaysNonEmptyForAfterIsTrue() {
		this.listeners.length = 3;
		pass(10);
		assertThat(this.watch.assisted(0)).isFalse();
		pass(20);
		assertThat(this.watch.assisted(0)).isTrue();
	}

	@Test
	void assistedWhenQueueIsEmptyBetweenIsFalse() {
		for (int i = 0; i < 20; i++) {
			this.listeners.length = (i % 2 == 0) ? 1 : 0;
			pass(10);
		}
		assertThat(this.watch.assisted(0)).isFalse();
	}

	@Test
	void assistedWhenHiccupIsOverEndsSoon() {
		hiccup();
		pass(90);
		assertThat(this.watch.assisted(0)).isTrue();
		pass(30);
		assertThat(this.watch.assisted(0)).isFalse();
	}

	@Test
	void assistedWhenNeededAgainAndAgainLastsUpToASecond() {
		for (int i = 0; i < 6; i++) {
			hiccup();
			pass(1100);
		}
		assertThat(this.watch.assisted(0)).isFalse();
		for (int i = 0; i < 6; i++) {
			hiccup();
			awaitRelease();
		}
		hiccup();
		pass(900);
		assertThat(this.watch.assisted(0)).isTrue();
		pass(200);
		assertThat(this.watch.assisted(0)).isFalse();
	}

	@Test
	void assistedWhenAfterIsZeroIsNeverTrue() {
		this.watch = new QueueWatch(this.listeners, Duration.ZERO);
		this.listeners.length = 3;
		pass(1000);
		assertThat(this.watch.assisted(0)).isFalse();
		assertThat(this.listeners.readings).isZero();
		assertThat(this.watch.nextDeadline()).isEqualTo(Deadlines.NEVER);
	}

	private void hiccup() {
		this.listeners.length = 1;
		pass(40);
		assertThat(this.watch.assisted(0)).isTrue();
		this.listeners.length = 0;
	}

	private void awaitRelease() {
		for (int i = 0; i < 300 && this.watch.assisted(0); i++) {
			pass(5);
		}
		assertThat(this.watch.assisted(0)).isFalse();
	}

	private void pass(int millis) {
		long end = this.now + millis * MILLI;
		while (this.now < end) {
			this.now = Math.min(end, Math.max(this.now + MILLI, Math.min(this.watch.nextDeadline(), end)));
			this.watch.sample(this.now);
		}
	}

	private static final class FakeListeners implements Listeners {

		private int length;

		private int readings;

		@Override
		public int count() {
			return 1;
		}

		@Override
		public void listen() {
		}

		@Override
		public int queueLength(int listener) {
			this.readings++;
			return this.length;
		}

		@Override
		public void close() {
		}

	}

}
