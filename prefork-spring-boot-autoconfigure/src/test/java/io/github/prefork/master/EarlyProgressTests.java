package io.github.prefork.master;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.channel.ToMaster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EarlyProgress}.
 */
class EarlyProgressTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final ToMaster.Described DESCRIBED = new ToMaster.Described("", 0, Map.of("prefork.children", 3L));

	private static final ToMaster.ServerStarting STARTING = new ToMaster.ServerStarting("::1", 8080, true);

	private final EarlyProgress progress = new EarlyProgress();

	@Test
	void childThatAsksHasSaidWhatItWants() {
		this.progress.received(DESCRIBED);
		assertThat(this.progress.awaitWanted(Duration.ZERO)).isEmpty();
		this.progress.received(STARTING);
		assertThat(this.progress.awaitWanted(Duration.ZERO))
			.contains(new WantedServer("::1", 8080, true, Map.of("prefork.children", 3L)));
	}

	@Test
	void childThatHasNotDescribedItselfWantsNothingThatIsKnown() {
		this.progress.received(STARTING);
		this.progress.received(DESCRIBED);
		assertThat(this.progress.awaitWanted(DEADLINE)).isEmpty();
	}

	@Test
	void childThatIsReadyWithoutListenersWantsNone() {
		this.progress.received(DESCRIBED);
		this.progress.received(new ToMaster.Readiness(false));
		this.progress.received(new ToMaster.Readiness(true));
		this.progress.received(STARTING);
		assertThat(this.progress.awaitWanted(DEADLINE)).isEmpty();
	}

	@Test
	void childServesWhenItIsReady() {
		this.progress.received(DESCRIBED);
		this.progress.received(STARTING);
		this.progress.received(new ToMaster.Readiness(false));
		assertThat(this.progress.awaitServing(Duration.ZERO)).isFalse();
		this.progress.received(new ToMaster.Readiness(true));
		assertThat(this.progress.awaitServing(Duration.ZERO)).isTrue();
	}

	@Test
	void childThatAsksHasComeAsFarAsItCan() {
		this.progress.received(DESCRIBED);
		assertThat(this.progress.hasAsked()).isFalse();
		this.progress.received(STARTING);
		assertThat(this.progress.hasAsked()).isTrue();
	}

	@Test
	void nobodyWaitsForAChildThatHasEnded() {
		CompletableFuture<Boolean> wait = CompletableFuture.supplyAsync(() -> {
			boolean wanted = this.progress.awaitWanted(DEADLINE).isPresent();
			this.progress.awaitServing(DEADLINE);
			return wanted;
		});
		assertThat(wait).isNotDone();
		this.progress.ended();
		assertThat(wait).succeedsWithin(DEADLINE).isEqualTo(false);
	}

	@Test
	void interruptedThreadDoesNotWait() throws Exception {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			this.progress.awaitWanted(DEADLINE);
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		thread.start();
		thread.interrupt();
		assertThat(interrupted).succeedsWithin(DEADLINE).isEqualTo(true);
		thread.join();
	}

}
