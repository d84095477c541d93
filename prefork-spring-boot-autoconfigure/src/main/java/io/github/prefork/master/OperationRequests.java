package io.github.prefork.master;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import io.github.prefork.supervisor.Input;

/**
 * The operations that somebody waits for. Safe for use by several threads.
 */
final class OperationRequests {

	private static final String NO_FLEET = "There is no fleet";

	private final AtomicLong last = new AtomicLong();

	private final Map<Long, Waiting<?>> open = new ConcurrentHashMap<>();

	private final Consumer<Input> inputs;

	private volatile boolean closed;

	/**
	 * Create the requests.
	 * @param inputs takes what the supervisor is asked
	 */
	OperationRequests(Consumer<Input> inputs) {
		this.inputs = inputs;
	}

	/**
	 * Ask for a rolling restart.
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<RolloutResult> restart() {
		return request(RolloutResult.class, Input.Restart::new, noRollout());
	}

	/**
	 * Ask for another child in a slot.
	 * @param slot the slot
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<RolloutResult> recycle(int slot) {
		return request(RolloutResult.class, (request) -> new Input.Recycle(request, slot), noRollout());
	}

	/**
	 * Ask for another number of children.
	 * @param children the number
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<ScaleResult> scale(int children) {
		return request(ScaleResult.class, (request) -> new Input.Scale(request, children), notScaled());
	}

	/**
	 * Ask for some children more or less.
	 * @param step how many more, negative for less
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<ScaleResult> scaleBy(int step) {
		return request(ScaleResult.class, (request) -> new Input.ScaleBy(request, step), notScaled());
	}

	private <R extends OperationResult> CompletableFuture<R> request(Class<R> type, LongFunction<Input> input,
			R ended) {
		long request = this.last.incrementAndGet();
		Waiting<R> waiting = new Waiting<>(type, new CompletableFuture<>(), ended);
		this.open.put(request, waiting);
		this.inputs.accept(input.apply(request));
		if (this.closed) {
			end(request);
		}
		return waiting.result();
	}

	/**
	 * Answer a request.
	 * @param request its number
	 * @param result how it has ended
	 */
	void answer(long request, OperationResult result) {
		Waiting<?> waiting = this.open.remove(request);
		if (waiting != null) {
			waiting.answer(result);
		}
	}

	/**
	 * Answer whatever is still open: the fleet has ended.
	 */
	void close() {
		this.closed = true;
		this.open.keySet().forEach(this::end);
	}

	private void end(long request) {
		Waiting<?> waiting = this.open.remove(request);
		if (waiting != null) {
			waiting.answer(waiting.ended());
		}
	}

	static RolloutResult noRollout() {
		return new RolloutResult(Outcome.REFUSED, 0, 0, null, NO_FLEET, Duration.ZERO);
	}

	static ScaleResult notScaled() {
		return new ScaleResult(Outcome.REFUSED, 0, 0, NO_FLEET, Duration.ZERO);
	}

	/**
	 * Somebody who waits.
	 *
	 * @param <R> the type of the result
	 * @param type the type of the result
	 * @param result what is waited for
	 * @param ended the answer if there is no fleet any more
	 */
	private record Waiting<R extends OperationResult>(Class<R> type, CompletableFuture<R> result, R ended) {

		void answer(OperationResult answer) {
			this.result.completeAsync(() -> this.type.cast(answer));
		}

	}

}
