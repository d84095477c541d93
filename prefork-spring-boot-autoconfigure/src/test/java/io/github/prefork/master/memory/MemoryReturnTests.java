package io.github.prefork.master.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.prefork.FleetReady;
import io.github.prefork.MasterReady;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFinished;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryReturn}.
 */
class MemoryReturnTests {

	private static final String THREAD = "prefork-memory";

	private final AtomicInteger given = new AtomicInteger();

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicLong nanos = new AtomicLong();

	private @Nullable MemoryReturn memory;

	@AfterEach
	void closeEndsTheThread() {
		if (this.memory != null) {
			this.memory.close();
		}
		Awaitility.await().until(() -> !isThreadThere());
	}

	@Test
	void takeWhenFleetIsReadyGivesBackOnAThreadOfItsOwn() {
		MemoryReturn memory = memoryReturn(Duration.ofMillis(10));
		memory.take(new FleetReady(List.of()));
		awaitGiven(1);
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		awaitGiven(2);
	}

	@Test
	void takeLooksAtTheCompilersFromThenOn() {
		MemoryReturn memory = memoryReturn(Duration.ofHours(1));
		memory.take(new FleetReady(List.of()));
		Awaitility.await().until(() -> this.looks.get() > 2);
		assertThat(this.given).hasValue(0);
	}

	@Test
	void takeWhenSomethingElseHappensDoesNothing() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.take(new MasterReady(List.of()));
		memory.take(new RolloutFinished(1, RolloutCause.RECYCLE, 1, Duration.ZERO));
		memory.take(new RolloutFinished(2, RolloutCause.LIMIT, 1, Duration.ZERO));
		assertThat(isThreadThere()).isFalse();
		assertThat(this.given).hasValue(0);
		assertThat(this.looks).hasValue(0);
	}

	@Test
	void takeWhenOneIsPendingGivesBackOnce() {
		MemoryReturn memory = memoryReturn(Duration.ofMillis(300));
		for (int i = 0; i < 3; i++) {
			memory.take(new FleetReady(List.of()));
		}
		awaitGiven(1);
		// Others would have had their turn before this one
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.take(new FleetReady(List.of()));
		awaitGiven(2);
	}

	@Test
	void takeSoonAfterOneWaitsForAMinuteToPass() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.take(new FleetReady(List.of()));
		awaitGiven(1);
		this.nanos.addAndGet(Duration.ofSeconds(60).minusMillis(300).toNanos());
		long before = System.nanoTime();
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		awaitGiven(2);
		assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
	}

	@Test
	void takeAfterCloseDoesNothing() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.close();
		memory.take(new FleetReady(List.of()));
		assertThat(isThreadThere()).isFalse();
		assertThat(this.given).hasValue(0);
	}

	private MemoryReturn memoryReturn(Duration later) {
		this.memory = new MemoryReturn(this::giveBack, this.looks::incrementAndGet, later, Duration.ofMillis(10),
				this.nanos::get);
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
