package io.github.prefork.master;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.prefork.RolloutResult;
import io.github.prefork.RolloutResult.Outcome;
import io.github.prefork.supervisor.Input;

/**
 * The rolling restarts that somebody waits for. Safe for use by several threads.
 */
final class RolloutRequests {

	private final AtomicLong last = new AtomicLong();

	private final Map<Long, CompletableFuture<RolloutResult>> open = new ConcurrentHashMap<>();

	private final Consumer<Input> inputs;

	private volatile boolean closed;

	/**
	 * Create the requests.
	 * @param inputs takes what the supervisor is asked
	 */
	RolloutRequests(Consumer<Input> inputs) {
		this.inputs = inputs;
	}

	/**
	 * Ask for a rolling restart.
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<RolloutResult> restart() {
		long request = this.last.incrementAndGet();
		CompletableFuture<RolloutResult> result = new CompletableFuture<>();
		this.open.put(request, result);
		this.inputs.accept(new Input.Restart(request));
		if (this.closed) {
			answer(request, ended());
		}
		return result;
	}

	/**
	 * Answer a request.
	 * @param request its number
	 * @param result how it has ended
	 */
	void answer(long request, RolloutResult result) {
		CompletableFuture<RolloutResult> waiting = this.open.remove(request);
		if (waiting != null) {
			waiting.completeAsync(() -> result);
		}
	}

	/**
	 * Answer whatever is still open: the fleet has ended.
	 */
	void close() {
		this.closed = true;
		this.open.keySet().forEach((request) -> answer(request, ended()));
	}

	static RolloutResult ended() {
		return new RolloutResult(Outcome.REFUSED, 0, 0, null, "There is no fleet", Duration.ZERO);
	}

}
