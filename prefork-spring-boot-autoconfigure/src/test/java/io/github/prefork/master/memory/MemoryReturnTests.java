package io.github.prefork.master.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.prefork.FleetReady;
import io.github.prefork.MasterReady;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryReturn}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MemoryReturnTests {

	private static final String THREAD = "prefork-memory";

	private final AtomicInteger given = new AtomicInteger();

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicLong nanos = new AtomicLong();

	private Runnable look = this.looks::incrementAndGet;

	private @Nullable MemoryReturn memory;

	@AfterEach
	void closeEndsTheThread() {
		if (this.memory != null) {
			this.memory.close();
		}
		Awaitility.await().until(() -> !isThreadThere());
	}

	@Test
	void startedGivesBackOnAThreadOfItsOwn() {
		MemoryReturn memory = memoryReturn(Duration.ofMillis(10));
		memory.started();
		awaitGiven(1);
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		awaitGiven(2);
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.take(new RolloutFailed(2, RolloutCause.RESTART, 1, "test", 1, Duration.ZERO));
		awaitGiven(3);
	}

	@Test
	void startedWhenALookThrowsLooksAgain(CapturedOutput output) {
		this.look = () -> {
			this.looks.incrementAndGet();
			throw new NoClassDefFoundError("test");
		};
		memoryReturn(Duration.ofHours(1)).started();
		Awaitility.await().until(() -> this.looks.get() > 2);
		assertThat(output).contains("The master could not give memory back").contains("NoClassDefFoundError: test");
	}

	@Test
	void startedWhenGivingBackThrowsSaysSoAndGivesBackAgain(CapturedOutput output) {
		MemoryReturn memory = memoryReturn(Duration.ZERO, () -> {
			this.given.incrementAndGet();
			throw new OutOfMemoryError("test");
		});
		memory.started();
		awaitGiven(1);
		Awaitility.await().untilAsserted(() -> assertThat(output).contains("OutOfMemoryError: test"));
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		awaitGiven(2);
	}

	@Test
	void startedWhenNothingCanBeScheduledSaysSoAndGoesOn(CapturedOutput output) {
		this.memory = new MemoryReturn(this::giveBack, this.looks::incrementAndGet, Duration.ZERO, Duration.ZERO,
				this.nanos::get);
		this.memory.started();
		assertThat(output).contains("The master could not give memory back");
		awaitGiven(1);
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		this.memory.started();
		awaitGiven(2);
	}

	@Test
	void startedLooksAtTheCompilersFromThenOn() {
		MemoryReturn memory = memoryReturn(Duration.ofHours(1));
		memory.started();
		Awaitility.await().until(() -> this.looks.get() > 2);
		assertThat(this.given).hasValue(0);
	}

	@Test
	void takeWhenSomethingElseHappensDoesNothing() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.take(new MasterReady(List.of()));
		memory.take(new FleetReady(List.of()));
		memory.take(new RolloutFinished(1, RolloutCause.RECYCLE, 1, Duration.ZERO));
		memory.take(new RolloutFinished(2, RolloutCause.LIMIT, 1, Duration.ZERO));
		memory.take(new RolloutFailed(3, RolloutCause.RECYCLE, 1, "test", 0, Duration.ZERO));
		assertThat(isThreadThere()).isFalse();
		assertThat(this.given).hasValue(0);
		assertThat(this.looks).hasValue(0);
	}

	@Test
	void startedWhenOneIsPendingGivesBackOnce() {
		MemoryReturn memory = memoryReturn(Duration.ofMillis(300));
		for (int i = 0; i < 3; i++) {
			memory.started();
		}
		awaitGiven(1);
		// Others would have had their turn before this one
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.started();
		awaitGiven(2);
	}

	@Test
	void takeSoonAfterOneWaitsForAMinuteToPass() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.started();
		awaitGiven(1);
		this.nanos.addAndGet(Duration.ofSeconds(60).minusMillis(300).toNanos());
		long before = System.nanoTime();
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		awaitGiven(2);
		assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
	}

	@Test
	void startedAfterCloseDoesNothing() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.close();
		memory.started();
		assertThat(isThreadThere()).isFalse();
		assertThat(this.given).hasValue(0);
	}

	private MemoryReturn memoryReturn(Duration later) {
		return memoryReturn(later, this::giveBack);
	}

	private MemoryReturn memoryReturn(Duration later, Runnable giveBack) {
		this.memory = new MemoryReturn(giveBack, this.look, later, Duration.ofMillis(10), this.nanos::get);
		return this.memory;
	}

	private void giveBack() {
		assertThat(Thread.currentThread().getName()).isEqualTo(THREAD);
		this.given.incrementAndGet();
	}

	private void awaitGiven(int times) {
		Awaitility.await().until(() -> this.given.get() >= times);
		assertThat(this.given).hasValue(times);
	}

	private static boolean isThreadThere() {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((thread) -> thread.getName().equals(THREAD));
	}

}
