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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryReturn}.
 */
class MemoryReturnTests {

	private static final String THREAD = "prefork-memory";

	private final AtomicInteger given = new AtomicInteger();

	private final AtomicLong nanos = new AtomicLong();

	@Test
	void takeWhenFleetIsReadyGivesBackOnAThreadOfItsOwn() {
		MemoryReturn memory = memoryReturn(Duration.ofMillis(10));
		memory.take(new FleetReady(List.of()));
		Awaitility.await().until(() -> this.given.get() == 1);
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		Awaitility.await().until(() -> this.given.get() == 2);
		awaitNoThread();
	}

	@Test
	void takeWhenSomethingElseHappensDoesNothing() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.take(new MasterReady(List.of()));
		memory.take(new RolloutFinished(1, RolloutCause.RECYCLE, 1, Duration.ZERO));
		memory.take(new RolloutFinished(2, RolloutCause.LIMIT, 1, Duration.ZERO));
		awaitNoThread();
		assertThat(this.given).hasValue(0);
	}

	@Test
	void takeWhenOneIsPendingGivesBackOnce() {
		MemoryReturn memory = memoryReturn(Duration.ofMillis(300));
		for (int i = 0; i < 3; i++) {
			memory.take(new FleetReady(List.of()));
		}
		awaitNoThread();
		assertThat(this.given).hasValue(1);
	}

	@Test
	void takeSoonAfterOneWaitsForAMinuteToPass() {
		MemoryReturn memory = memoryReturn(Duration.ZERO);
		memory.take(new FleetReady(List.of()));
		awaitNoThread();
		this.nanos.addAndGet(Duration.ofSeconds(60).minusMillis(300).toNanos());
		long before = System.nanoTime();
		memory.take(new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		awaitNoThread();
		assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
		assertThat(this.given).hasValue(2);
	}

	@Test
	void closeEndsTheWait() {
		MemoryReturn memory = memoryReturn(Duration.ofHours(1));
		memory.take(new FleetReady(List.of()));
		memory.close();
		awaitNoThread();
		assertThat(this.given).hasValue(0);
	}

	private MemoryReturn memoryReturn(Duration later) {
		return new MemoryReturn(this::giveBack, later, this.nanos::get);
	}

	private void giveBack() {
		assertThat(Thread.currentThread().getName()).isEqualTo(THREAD);
		this.given.incrementAndGet();
	}

	private static void awaitNoThread() {
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals(THREAD)));
	}

}
