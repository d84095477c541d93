package io.github.prefork.master.operation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.prefork.Operation;
import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import io.github.prefork.supervisor.Input;
import org.jspecify.annotations.Nullable;

/**
 * The operations that somebody waits for. Safe for use by several threads.
 */
public final class OperationRequests {

	private static final String NO_FLEET = "There is no fleet";

	private final Map<Long, TrackedOperation> open = new ConcurrentHashMap<>();

	private final Consumer<Input> inputs;

	private final OperationRegistry registry;

	private volatile boolean closed;

	/**
	 * Create the requests.
	 * @param inputs takes what the supervisor is asked
	 * @param registry knows all operations
	 */
	public OperationRequests(Consumer<Input> inputs, OperationRegistry registry) {
		this.inputs = inputs;
		this.registry = registry;
	}

	/**
	 * Ask for a rolling restart.
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	public CompletableFuture<RolloutResult> restart() {
		return request(RolloutResult.class, new Operation.Restart());
	}

	/**
	 * Ask for another child in a slot.
	 * @param slot the slot
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<RolloutResult> recycle(int slot) {
		return request(RolloutResult.class, new Operation.Recycle(slot));
	}

	/**
	 * Ask for another number of children.
	 * @param children the number
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	CompletableFuture<ScaleResult> scale(int children) {
		return request(ScaleResult.class, new Operation.Scale(children));
	}

	/**
	 * Ask for some children more or less.
	 * @param step how many more, negative for less
	 * @return its result; what depends on it does not run on the supervisor's thread
	 */
	public CompletableFuture<ScaleResult> scaleBy(int step) {
		return request(ScaleResult.class, new Operation.ScaleBy(step));
	}

	/**
	 * Ask for an operation, and wait for a while.
	 * @param operation the operation
	 * @param wait how long at most, {@code null} for as long as it takes
	 * @return the wait
	 */
	public OperationWait operate(Operation operation, @Nullable Duration wait) {
		return OperationWait.begin(begin(operation), wait);
	}

	private <R extends OperationResult> CompletableFuture<R> request(Class<R> type, Operation operation) {
		return begin(operation).result().thenApply(type::cast);
	}

	private TrackedOperation begin(Operation operation) {
		TrackedOperation tracked = this.registry.begin(operation);
		this.open.put(tracked.id(), tracked);
		this.inputs.accept(input(operation, tracked.id()));
		if (this.closed) {
			refuse(tracked);
		}
		return tracked;
	}

	private static Input input(Operation operation, long request) {
		if (operation instanceof Operation.Recycle recycle) {
			return new Input.Recycle(request, recycle.slot());
		}
		if (operation instanceof Operation.Scale scale) {
			return new Input.Scale(request, scale.children());
		}
		if (operation instanceof Operation.ScaleBy scale) {
			return new Input.ScaleBy(request, scale.step());
		}
		return new Input.Restart(request);
	}

	/**
	 * Answer a request.
	 * @param request its number
	 * @param result how it has ended
	 */
	public void answer(long request, OperationResult result) {
		TrackedOperation tracked = this.open.remove(request);
		if (tracked != null) {
			this.registry.end(tracked, result);
		}
	}

	/**
	 * Answer whatever is still open: the fleet has ended.
	 */
	public void close() {
		this.closed = true;
		this.open.values().forEach(this::refuse);
	}

	private void refuse(TrackedOperation tracked) {
		answer(tracked.id(), noFleet(tracked.operation()));
	}

	/**
	 * Return the answer where there is no fleet.
	 * @param operation the operation
	 * @return a refusal
	 */
	static OperationResult noFleet(Operation operation) {
		return (operation instanceof Operation.Scale || operation instanceof Operation.ScaleBy)
				? new ScaleResult(Outcome.REFUSED, 0, 0, NO_FLEET, Duration.ZERO)
				: new RolloutResult(Outcome.REFUSED, 0, 0, null, NO_FLEET, Duration.ZERO);
	}

}
