package io.github.prefork.actuate;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.prefork.FleetReport;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.OperationRequest.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Endpoint that shows the fleet and takes operations on it. A master answers by itself, a
 * child asks its master. No thread waits meanwhile, and a client that hangs up cancels
 * nothing.
 */
@WebEndpoint(id = "prefork")
public final class PreforkEndpoint {

	private static final int ACCEPTED = 202;

	private static final int CONFLICT = 409;

	private final Prefork prefork;

	/**
	 * Create the endpoint.
	 * @param prefork the fleet
	 */
	public PreforkEndpoint(Prefork prefork) {
		this.prefork = prefork;
	}

	/**
	 * Show the fleet.
	 * @return 200 with the fleet; 503 if the master does not answer
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<OperationResponseBody>> fleet() {
		return answer(this::report, (fleet) -> new WebEndpointResponse<>(FleetBody.of(this.prefork.role(), fleet)));
	}

	/**
	 * Show one operation.
	 * @param id its number
	 * @return 200 with the operation; 404 if it is not known, or not any more; 503 if the
	 * master does not answer
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<OperationResponseBody>> operation(@Selector String id) {
		return answer(this::report,
				(fleet) -> fleet.operations()
					.stream()
					.filter((operation) -> Long.toString(operation.id()).equals(id))
					.findFirst()
					.map((operation) -> new WebEndpointResponse<OperationResponseBody>(OperationBody.of(operation)))
					.orElseGet(() -> FailureBody.response(WebEndpointResponse.STATUS_NOT_FOUND,
							"Operation '" + id + "' is not known, or not any more")));
	}

	/**
	 * Begin an operation, and wait for a while.
	 * @param operation {@code restart}, {@code scale} or {@code recycle}
	 * @param children the number of children that there should be, for {@code scale}
	 * @param slot the slot, for {@code recycle}
	 * @param wait how long to wait for the end, {@code null} for 30 s
	 * @return 200 if it is finished, 202 if it is running, 409 if it was refused, 500 if
	 * it has failed, 503 if it was stopped or the master does not answer, 400 or 404 if
	 * the request makes no sense
	 */
	@WriteOperation
	public Mono<WebEndpointResponse<OperationResponseBody>> operate(@Selector String operation,
			@Nullable String children, @Nullable String slot, @Nullable String wait) {
		OperationRequest request;
		try {
			request = OperationRequest.read(operation, children, slot, wait);
		}
		catch (InvalidRequestException ex) {
			return Mono.just(refusal(ex));
		}
		if (request == null) {
			return Mono.just(FailureBody.response(WebEndpointResponse.STATUS_NOT_FOUND,
					"There is no operation '" + operation + "', only restart, scale and recycle"));
		}
		if (this.prefork.role() == PreforkRole.STANDALONE) {
			return Mono.just(FailureBody.response(CONFLICT,
					"There is no fleet to change: the role of this process is STANDALONE"));
		}
		return mono(this::report).doOnNext(request::check)
			.flatMap((fleet) -> answer(() -> this.prefork.operate(request.operation(), request.longest()),
					PreforkEndpoint::response))
			.onErrorResume(PreforkException.class, (ex) -> Mono.just(unavailable(ex)))
			.onErrorResume(InvalidRequestException.class, (ex) -> Mono.just(refusal(ex)));
	}

	private CompletionStage<FleetReport> report() {
		return this.prefork.report();
	}

	private static WebEndpointResponse<OperationResponseBody> response(OperationReport report) {
		return new WebEndpointResponse<>(OperationBody.of(report), status(report.result()));
	}

	private static int status(@Nullable OperationResult result) {
		if (result == null) {
			return ACCEPTED;
		}
		return switch (result.outcome()) {
			case FINISHED -> WebEndpointResponse.STATUS_OK;
			case REFUSED -> CONFLICT;
			case FAILED -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
			case STOPPED -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
		};
	}

	private static WebEndpointResponse<OperationResponseBody> refusal(InvalidRequestException ex) {
		return FailureBody.response(WebEndpointResponse.STATUS_BAD_REQUEST, String.valueOf(ex.getMessage()));
	}

	private static WebEndpointResponse<OperationResponseBody> unavailable(PreforkException ex) {
		return FailureBody.response(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, String.valueOf(ex.getMessage()));
	}

	private static <T> Mono<WebEndpointResponse<OperationResponseBody>> answer(Supplier<CompletionStage<T>> question,
			Function<T, WebEndpointResponse<OperationResponseBody>> answer) {
		return mono(question).map(answer).onErrorResume(PreforkException.class, (ex) -> Mono.just(unavailable(ex)));
	}

	private static <T> Mono<T> mono(Supplier<CompletionStage<T>> question) {
		return Mono.fromFuture(() -> question.get().toCompletableFuture(), true);
	}

}
