package io.github.prefork.child;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.PreforkException;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MasterRequests} and {@link ReportRequests}.
 */
class MasterRequestsTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final FakeChildChannel channel = new FakeChildChannel(1000);

	private final MasterRequests requests = new MasterRequests(this.channel, LONG);

	@AfterEach
	void close() {
		this.channel.close();
	}

	@Test
	void operateIsAnsweredByNumber() {
		CompletableFuture<OperationReport> first = this.requests.operate(new Operation.Restart(),
				Duration.ofSeconds(7));
		CompletableFuture<OperationReport> second = this.requests.operate(new Operation.Recycle(1), null);
		assertThat(this.channel.sent()).containsExactly(new ToMaster.OperationRequest(1, 7000, new Operation.Restart()),
				new ToMaster.OperationRequest(2, -1, new Operation.Recycle(1)));
		this.requests.received(new ToChild.OperationReported(2, report(20)));
		this.requests.received(new ToChild.OperationReported(1, report(10)));
		this.requests.received(new ToChild.OperationReported(1, report(11)));
		this.requests.received(new ToChild.OperationReported(99, report(99)));
		assertThat(first).succeedsWithin(LONG).isEqualTo(report(10));
		assertThat(second).succeedsWithin(LONG).isEqualTo(report(20));
	}

	@Test
	void operateWhenCancelledDisturbsNobody() {
		this.requests.operate(new Operation.Restart(), LONG).cancel(true);
		this.requests.received(new ToChild.OperationReported(1, report(1)));
		assertThat(this.channel.sent()).hasSize(1);
	}

	@Test
	void operateWhenTooManyWaitIsRefused() {
		for (int i = 0; i < 64; i++) {
			this.requests.operate(new Operation.Restart(), null);
		}
		assertThat(this.requests.operate(new Operation.Restart(), null)).satisfies(failsWith("Too many"));
		assertThat(this.channel.sent()).hasSize(64);
		this.requests.received(new ToChild.OperationReported(1, report(1)));
		this.requests.operate(new Operation.Restart(), null);
		assertThat(this.channel.sent()).hasSize(65);
	}

	@Test
	void reportsOfManyAreAskedForOnce() {
		CompletableFuture<FleetReport> first = this.requests.report();
		List<CompletableFuture<FleetReport>> others = List.of(this.requests.report(), this.requests.report());
		assertThat(this.channel.sent()).containsExactly(new ToMaster.ReportRequest(1));
		this.requests.received(new ToChild.FleetReported(1, report()));
		assertThat(first).succeedsWithin(LONG);
		assertThat(this.channel.sent()).containsExactly(new ToMaster.ReportRequest(1), new ToMaster.ReportRequest(2));
		// Who has asked later does not get the older answer
		assertThat(others).noneMatch(CompletableFuture::isDone);
		others.get(0).cancel(true);
		this.requests.received(new ToChild.FleetReported(2, report()));
		assertThat(others.get(1)).succeedsWithin(LONG);
		assertThat(this.channel.sent()).hasSize(2);
		this.requests.report();
		assertThat(this.channel.sent()).hasSize(3);
	}

	@Test
	void requestsWhenMasterDoesNotAnswerFail() {
		MasterRequests impatient = new MasterRequests(this.channel, Duration.ofMillis(20));
		CompletableFuture<FleetReport> report = impatient.report();
		CompletableFuture<FleetReport> next = impatient.report();
		assertThat(report).satisfies(failsWith("does not answer"));
		assertThat(next).satisfies(failsWith("does not answer"));
		assertThat(impatient.operate(new Operation.Restart(), Duration.ZERO)).satisfies(failsWith("does not answer"));
		impatient.received(new ToChild.FleetReported(1, report()));
	}

	@Test
	void closeFailsWhatWaitsAndWhatComesLater() {
		CompletableFuture<FleetReport> report = this.requests.report();
		CompletableFuture<FleetReport> next = this.requests.report();
		CompletableFuture<OperationReport> operation = this.requests.operate(new Operation.Restart(), null);
		this.requests.close();
		assertThat(List.of(report, next, operation, this.requests.report(),
				this.requests.operate(new Operation.Restart(), LONG)))
			.allSatisfy((future) -> assertThat(future).satisfies(failsWith("is gone")));
	}

	private static <T> ThrowingConsumer<CompletableFuture<T>> failsWith(String text) {
		return (future) -> assertThat(future).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(PreforkException.class)
			.withMessageContaining(text);
	}

	private static FleetReport report() {
		return FleetReport.EMPTY;
	}

	private static OperationReport report(long id) {
		return new OperationReport(id, new Operation.Restart(), Instant.EPOCH, Duration.ZERO, null);
	}

}
