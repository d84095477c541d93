package io.github.prefork.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkEndpoint}.
 */
class PreforkEndpointTests {

	private static final Instant START = Instant.parse("2026-01-02T03:04:05.678912Z");

	private final StubFleet fleet = new StubFleet(PreforkRole.MASTER);

	private final PreforkEndpoint endpoint = new PreforkEndpoint(this.fleet);

	@Test
	void fleetIsThatOfTheMaster() {
		this.fleet.report = CompletableFuture
			.completedFuture(StubFleet.report(List.of(report(3, new Operation.Recycle(1), null))));
		WebEndpointResponse<OperationResponseBody> response = get(this.endpoint.fleet());
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(response.getBody()).isEqualTo(new FleetBody("MASTER", 5, 2, 1, 1, 4, false,
				List.of(new FleetBody.ChildBody(0, 5, 100, "ready", true, false, "PT1M3.456S",
						new BuildBody("1.2.0", null, "/srv/app.jar", "2026-01-02T03:04:05Z", 23L),
						new FiguresBody(12, 3, 4096, 8192L, null, "PT0S", "PT0.002S", "PT0.07S")),
						new FleetBody.ChildBody(1, 4, 101, "leaving", false, true, "PT0S", null, null)),
				new FleetReport.Listeners("reuseport", 8080, List.of(0, 3)),
				List.of(new OperationBody(3, "recycle", 1, null, null, "running", null, null, null, null, null, null,
						null, "2026-01-02T03:04:05.678Z", "PT1.5S"))));
	}

	@Test
	void fleetWhenMasterIsGoneSaysSo() {
		this.fleet.report = CompletableFuture.failedFuture(new PreforkException("The master is gone"));
		assertFailure(this.endpoint.fleet(), 503, "The master is gone");
		assertFailure(this.endpoint.operation("1"), 503, "The master is gone");
		assertFailure(this.endpoint.operate("restart", null, null, null), 503, "The master is gone");
		assertThat(this.fleet.asked).isEmpty();
	}

	@Test
	void operationIsFoundByItsNumber() {
		this.fleet.report = CompletableFuture
			.completedFuture(StubFleet.report(List.of(report(3, new Operation.Restart(), null))));
		assertThat(get(this.endpoint.operation("3")).getStatus()).isEqualTo(200);
		assertFailure(this.endpoint.operation("4"), 404, "Operation '4' is not known, or not any more");
		assertFailure(this.endpoint.operation("x"), 404, "Operation 'x' is not known, or not any more");
	}

	@Test
	void operateHandsOnOperationAndWait() {
		this.fleet.answer.complete(report(1, new Operation.Restart(), null));
		get(this.endpoint.operate("restart", null, null, null));
		get(this.endpoint.operate("scale", "4", null, "0"));
		get(this.endpoint.operate("recycle", null, "1", "90"));
		get(this.endpoint.operate("restart", null, null, "PT1M30S"));
		get(this.endpoint.operate("restart", null, null, "250ms"));
		get(this.endpoint.operate("restart", null, null, "10m"));
		assertThat(this.fleet.asked).containsExactly(List.of(new Operation.Restart(), Duration.ofSeconds(30)),
				List.of(new Operation.Scale(4), Duration.ZERO),
				List.of(new Operation.Recycle(1), Duration.ofSeconds(90)),
				List.of(new Operation.Restart(), Duration.ofSeconds(90)),
				List.of(new Operation.Restart(), Duration.ofMillis(250)),
				List.of(new Operation.Restart(), Duration.ofMinutes(10)));
	}

	@ParameterizedTest
	@CsvSource({ "FINISHED,200,true", "REFUSED,409,false", "FAILED,500,false", "STOPPED,503,false" })
	void operateWhenEndedHasStatusOfTheOutcome(Outcome outcome, int status, boolean success) {
		this.fleet.answer.complete(report(1, new Operation.Restart(),
				new RolloutResult(outcome, 5, 1, 1, "a reason", Duration.ofMillis(8170))));
		WebEndpointResponse<OperationResponseBody> response = get(this.endpoint.operate("restart", null, null, null));
		assertThat(response.getStatus()).isEqualTo(status);
		boolean begun = outcome != Outcome.REFUSED;
		assertThat(response.getBody()).isEqualTo(new OperationBody(1, "restart", null, null, null,
				outcome.name().toLowerCase(), success, "a reason", (begun) ? 1 : null, (begun) ? 1 : null,
				(begun) ? 5 : null, null, null, "2026-01-02T03:04:05.678Z", "PT8.17S"));
	}

	@Test
	void operateWhenRunningIsAccepted() {
		this.fleet.answer.complete(report(7, new Operation.Scale(3), null));
		WebEndpointResponse<OperationResponseBody> response = get(this.endpoint.operate("scale", "3", null, "0"));
		assertThat(response.getStatus()).isEqualTo(202);
		assertThat(response.getBody()).isEqualTo(new OperationBody(7, "scale", null, 3, null, "running", null, null,
				null, null, null, null, null, "2026-01-02T03:04:05.678Z", "PT1.5S"));
	}

	@Test
	void scaleBySignalShowsItsStep() {
		ScaleResult result = new ScaleResult(Outcome.FINISHED, 2, 3, null, Duration.ZERO);
		assertThat(OperationBody.of(report(7, new Operation.ScaleBy(1), result)))
			.isEqualTo(new OperationBody(7, "scale", null, null, 1, "finished", true, null, null, null, null,
					result.before(), result.children(), "2026-01-02T03:04:05.678Z", "PT0S"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '"', value = { "scale|-|-|-|'children' is missing",
			"scale|0|-|-|'children' must be a whole number of at least 1, not '0'",
			"scale|2.5|-|-|'children' must be a whole number of at least 1, not '2.5'",
			"scale|5|-|-|prefork.max-children=4 does not allow 5 children",
			"scale|99999999999|-|-|'children' must be a whole number of at least 1, not '99999999999'",
			"scale|2|0|-|'scale' takes no 'slot'", "recycle|-|-|-|'slot' is missing",
			"recycle|-|-1|-|'slot' must be a whole number of at least 0, not '-1'",
			"recycle|-|2|-|'slot' must be from 0 to 1, not 2", "recycle|2|0|-|'recycle' takes no 'children'",
			"restart|-|1|-|'restart' takes no 'slot'", "restart|2|-|-|'restart' takes no 'children'",
			"restart|-|-|x|'wait' must be a duration from 0s to 10m, not 'x'",
			"restart|-|-|-1s|'wait' must be a duration from 0s to 10m, not '-1s'",
			"restart|-|-|601|'wait' must be a duration from 0s to 10m, not '601'",
			"restart|-|-|PT99999999999999999H|'wait' must be a duration from 0s to 10m, not 'PT99999999999999999H'" })
	void operateWhenRequestMakesNoSenseSaysWhy(String operation, String children, String slot, String wait,
			String reason) {
		assertFailure(this.endpoint.operate(operation, children, slot, wait), 400, reason);
		assertThat(this.fleet.asked).isEmpty();
	}

	@Test
	void operateWhenOperationIsUnknownNamesThoseThereAre() {
		assertFailure(this.endpoint.operate("stop", null, null, null), 404,
				"There is no operation 'stop', only restart, scale and recycle");
	}

	@Test
	void operateWhenStandaloneIsRefused() {
		StubFleet standalone = new StubFleet(PreforkRole.STANDALONE);
		standalone.report = CompletableFuture.completedFuture(FleetReport.EMPTY);
		PreforkEndpoint endpoint = new PreforkEndpoint(standalone);
		assertFailure(endpoint.operate("restart", null, null, null), 409,
				"There is no fleet to change: the role of this process is STANDALONE");
		assertThat(get(endpoint.fleet()).getBody()).isEqualTo(new FleetBody("STANDALONE", 0, 0, 0, 0, 0, false,
				List.of(), new FleetReport.Listeners("none", -1, List.of()), List.of()));
	}

	@Test
	void operateWhenClientHangsUpCancelsNothing() {
		Disposable client = this.endpoint.operate("restart", null, null, null).subscribe();
		assertThat(this.fleet.asked).hasSize(1);
		client.dispose();
		assertThat(this.fleet.answer).isNotDone();
	}

	private static OperationReport report(long id, Operation operation, OperationResult result) {
		Duration duration = (result != null) ? result.duration() : Duration.ofMillis(1500);
		return new OperationReport(id, operation, START, duration, result);
	}

	private static void assertFailure(Mono<WebEndpointResponse<OperationResponseBody>> mono, int status,
			String reason) {
		WebEndpointResponse<OperationResponseBody> response = get(mono);
		assertThat(response.getStatus()).isEqualTo(status);
		assertThat(response.getBody()).isEqualTo(new FailureBody(false, reason));
	}

	private static WebEndpointResponse<OperationResponseBody> get(
			Mono<WebEndpointResponse<OperationResponseBody>> mono) {
		return Objects.requireNonNull(mono.block(Duration.ofSeconds(10)));
	}

}
