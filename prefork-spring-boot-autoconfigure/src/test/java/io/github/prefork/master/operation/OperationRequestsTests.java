package io.github.prefork.master.operation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import io.github.prefork.supervisor.Input;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OperationRequests}, {@link OperationWait} and
 * {@link OperationRegistry}.
 */
class OperationRequestsTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final List<Input> inputs = new CopyOnWriteArrayList<>();

	private final OperationRegistry registry = new OperationRegistry();

	private final OperationRequests requests = new OperationRequests(this.inputs::add, this.registry);

	@Test
	void operationsBecomeInputsWithTheirNumbers() {
		this.requests.operate(new Operation.Restart(), LONG);
		this.requests.operate(new Operation.Recycle(3), LONG);
		this.requests.operate(new Operation.Scale(4), LONG);
		this.requests.operate(new Operation.ScaleBy(-1), LONG);
		assertThat(this.inputs).containsExactly(new Input.Restart(1), new Input.Recycle(2, 3), new Input.Scale(3, 4),
				new Input.ScaleBy(4, -1));
	}

	@Test
	void operateWhenItEndsInTimeTellsTheResult() {
		CompletableFuture<OperationReport> answer = this.requests.operate(new Operation.Restart(), LONG).answer();
		assertThat(answer).isNotDone();
		this.requests.answer(1, rollout(Outcome.FINISHED));
		assertThat(answer).succeedsWithin(LONG).satisfies((report) -> {
			assertThat(report.id()).isEqualTo(1);
			assertThat(report.running()).isFalse();
			assertThat(report.result()).isEqualTo(rollout(Outcome.FINISHED));
			assertThat(report.duration()).hasSeconds(5);
		});
	}

	@Test
	void operateWhenItTakesLongerTellsThatItIsRunning() {
		CompletableFuture<OperationReport> answer = this.requests.operate(new Operation.Restart(), Duration.ZERO)
			.answer();
		assertThat(answer).succeedsWithin(LONG).matches(OperationReport::running);
		this.requests.answer(1, rollout(Outcome.FAILED));
		OperationResult result = rollout(Outcome.FAILED);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.registry.reports()).singleElement()
				.extracting(OperationReport::result)
				.isEqualTo(result));
	}

	@Test
	void operateWhenItIsCancelledGoesOn() {
		CompletableFuture<RolloutResult> result = this.requests.restart();
		this.requests.operate(new Operation.Restart(), LONG).answer().cancel(true);
		result.cancel(true);
		assertThat(this.registry.reports()).hasSize(2).allMatch(OperationReport::running);
	}

	@Test
	void resultsHaveTheirType() {
		CompletableFuture<RolloutResult> recycled = this.requests.recycle(0);
		CompletableFuture<ScaleResult> scaled = this.requests.scaleBy(1);
		this.requests.answer(1, rollout(Outcome.FINISHED));
		this.requests.answer(2, new ScaleResult(Outcome.FINISHED, 1, 2, null, Duration.ZERO));
		assertThat(recycled).succeedsWithin(LONG);
		assertThat(scaled).succeedsWithin(LONG);
	}

	@Test
	void closeAnswersWhatIsOpenAndWhatComesLater() {
		CompletableFuture<RolloutResult> before = this.requests.restart();
		this.requests.close();
		assertThat(before).succeedsWithin(LONG).extracting(RolloutResult::outcome).isEqualTo(Outcome.REFUSED);
		assertThat(this.requests.scale(2)).succeedsWithin(LONG)
			.extracting(ScaleResult::reason)
			.isEqualTo("There is no fleet");
	}

	@Test
	void reportsForgetTheOldestAndKeepWhatIsRunning() {
		this.requests.operate(new Operation.Restart(), LONG);
		for (int i = 2; i <= 40; i++) {
			this.requests.operate(new Operation.Restart(), LONG);
			this.requests.answer(i, rollout(Outcome.FINISHED));
		}
		for (int i = 41; i <= 80; i++) {
			this.requests.operate(new Operation.Restart(), LONG);
			this.requests.answer(i, rollout(Outcome.REFUSED));
		}
		List<Long> ids = this.registry.reports().stream().map(OperationReport::id).toList();
		assertThat(ids).hasSize(2 * OperationRegistry.KEPT + 1)
			.startsWith(80L, 79L)
			.contains(65L, 40L, 25L)
			.doesNotContain(64L, 24L)
			.endsWith(1L);
	}

	private static RolloutResult rollout(Outcome outcome) {
		return new RolloutResult(outcome, 1, 2, null, null, Duration.ofSeconds(5));
	}

}
