package io.github.prefork.recipes;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.prefork.Prefork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderJob}, {@link ClaimedJob} and {@link Import}.
 */
class JobTests {

	@RegisterExtension
	private final TestDatabase database = new TestDatabase();

	private final Prefork prefork = Mockito.mock(Prefork.class);

	private final Journal journal = new Journal(this.database.jdbc(), this.prefork);

	private final Claims claims = new Claims(this.database.jdbc());

	@Test
	void leaderJobWhenAnotherLeadsDoesNothing() {
		new LeaderJob(this.prefork, this.journal).run();
		assertThat(this.database.entries("leader job")).isZero();
	}

	@Test
	void leaderJobWhenThisChildLeadsDoesTheWork() {
		BDDMockito.given(this.prefork.isLeader()).willReturn(true);
		new LeaderJob(this.prefork, this.journal).run();
		assertThat(this.database.entries("leader job")).isEqualTo(1);
	}

	@Test
	void takeWhenManyWantTheSameGivesItToOne() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Boolean>> all = IntStream.range(0, 16)
				.<Callable<Boolean>>mapToObj((number) -> () -> this.claims.take("job", "run"))
				.toList();
			int taken = 0;
			for (Future<Boolean> each : threads.invokeAll(all)) {
				taken += (each.get()) ? 1 : 0;
			}
			assertThat(taken).isEqualTo(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void takeWhenItIsAnotherRunOrJobGivesItToo() {
		assertThat(this.claims.take("job", "first")).isTrue();
		assertThat(this.claims.take("job", "second")).isTrue();
		assertThat(this.claims.take("other", "first")).isTrue();
		assertThat(this.claims.take("job", "second")).isFalse();
	}

	@Test
	void claimedJobWhenItsTickIsTakenDoesNothing() {
		Instant now = Instant.now();
		// Which of these it is depends on when it is called
		IntStream.range(-1, 5).forEach((second) -> this.claims.take("job", Tick.of(now.plusSeconds(second))));
		new ClaimedJob(this.claims, this.journal).run();
		assertThat(this.database.entries("claimed job")).isZero();
	}

	@Test
	void claimedJobWhenItsTickIsFreeDoesTheWork() {
		new ClaimedJob(this.claims, this.journal).run();
		assertThat(this.database.entries("claimed job")).isEqualTo(1);
	}

	@Test
	void importWhenSeveralChildrenStartIsDoneOnce() {
		new Import(this.claims, this.journal).run(null);
		new Import(this.claims, this.journal).run(null);
		assertThat(this.database.entries("import")).isEqualTo(1);
	}

	@Test
	void tickWhenCalledABitEarlyOrLateIsTheSame() {
		assertThat(Tick.of(Instant.parse("2026-01-01T00:00:00.999Z"))).isEqualTo("2026-01-01T00:00:01Z");
		assertThat(Tick.of(Instant.parse("2026-01-01T00:00:01.400Z"))).isEqualTo("2026-01-01T00:00:01Z");
	}

}
