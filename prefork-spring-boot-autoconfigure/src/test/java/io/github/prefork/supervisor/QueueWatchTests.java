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

	@Test
	void sampleWhenNothingComesReadsOnceASecondOnly() {
		pass(1000);
		this.listeners.readings = 0;
		pass(10_000);
		assertThat(this.listeners.readings).isBetween(9, 11);
	}

	@Test
	void assistedWhenConnectionWaitsAfterCalmTimeIsTrueAsSoonAsEver() {
		pass(10_000);
		this.listeners.length = 1;
		pass(19);
		assertThat(this.watch.assisted(0)).isFalse();
		pass(12);
		assertThat(this.watch.assisted(0)).isTrue();
	}

	@Test
	void assistedWhenTheTellingIsLostIsTrueAfterASecond() {
		pass(10_000);
		this.listeners.alerted = false;
		this.listeners.length = 1;
		pass(1100);
		assertThat(this.watch.assisted(0)).isTrue();
	}

	@Test
	void assistedWhenTheTellingIsNotPossibleIsTrueAsSoonAsEver() {
		this.listeners.tells = false;
		pass(10_000);
		this.listeners.length = 1;
		pass(31);
		assertThat(this.watch.assisted(0)).isTrue();
	}

	@Test
	void alertWhenConnectionsComeAllTheTimeIsNotSetForEachOfThem() {
		pass(10_000);
		this.listeners.alerts = 0;
		for (int i = 0; i < 10_000; i++) {
			this.listeners.length = 1;
			pass(1);
			this.listeners.length = 0;
			pass(1);
		}
		assertThat(this.listeners.alerts).isLessThanOrEqualTo(100);
	}

	@Test
	void alertWhenQueueIsAssistedIsNotSet() {
		hiccup();
		this.listeners.alerts = 0;
		awaitRelease();
		assertThat(this.listeners.alerts).isZero();
		pass(300);
		assertThat(this.listeners.alerts).isEqualTo(1);
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
			if (this.listeners.alerted && this.listeners.length > 0) {
				this.listeners.alerted = false;
				this.watch.stirred(this.now);
				this.watch.sample(this.now);
			}
			this.now = Math.min(end, Math.max(this.now + MILLI, Math.min(this.watch.nextDeadline(), end)));
			this.watch.sample(this.now);
		}
	}

	private static final class FakeListeners implements Listeners {

		private int count = 1;

		private int length;

		private int readings;

		private boolean tells = true;

		private boolean alerted;

		private int alerts;

		@Override
		public int count() {
			return this.count;
		}

		@Override
		public void add(int more) {
			this.count += more;
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
		public boolean alert() {
			this.alerts++;
			this.alerted = this.tells;
			return this.tells;
		}

		@Override
		public void close() {
		}

	}

}
