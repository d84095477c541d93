package io.github.prefork.master.operation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.PreforkException;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the fleet of a master. All of it is refused while there is no
 * fleet. Safe for use by several threads.
 */
public final class FleetOperations {

	private final Supplier<@Nullable OperationRequests> fleet;

	private final OperationRegistry registry;

	/**
	 * Create the operations.
	 * @param fleet gives what takes the operations of the present fleet, {@code null} if
	 * there is none
	 * @param registry knows all operations, those that are refused too
	 */
	public FleetOperations(Supplier<@Nullable OperationRequests> fleet, OperationRegistry registry) {
		this.fleet = fleet;
		this.registry = registry;
	}

	/**
	 * Replace all children, one after the other.
	 * @return how that has ended; refused if there is no fleet
	 * @throws PreforkException if a listener of a prefork event asks
	 */
	public CompletableFuture<RolloutResult> restart() {
		OperationRequests requests = this.fleet.get();
		return (requests != null) ? requests.restart() : refuse(new Operation.Restart(), RolloutResult.class);
	}

	/**
	 * Replace the child of one slot.
	 * @param slot the slot
	 * @return how that has ended; refused if there is no fleet
	 * @throws PreforkException if a listener of a prefork event asks
	 */
	public CompletableFuture<RolloutResult> recycle(int slot) {
		OperationRequests requests = this.fleet.get();
		return (requests != null) ? requests.recycle(slot) : refuse(new Operation.Recycle(slot), RolloutResult.class);
	}

	/**
	 * Change the number of children.
	 * @param children how many there should be
	 * @return how that has ended; refused if there is no fleet
	 * @throws PreforkException if a listener of a prefork event asks
	 */
	public CompletableFuture<ScaleResult> scale(int children) {
		OperationRequests requests = this.fleet.get();
		return (requests != null) ? requests.scale(children) : refuse(new Operation.Scale(children), ScaleResult.class);
	}

	/**
	 * Begin an operation, and wait for a while.
	 * @param operation the operation
	 * @param wait how long at most
	 * @return how far it is then; refused if there is no fleet
	 * @throws PreforkException if a listener of a prefork event asks
	 */
	public CompletableFuture<OperationReport> operate(Operation operation, Duration wait) {
		OperationRequests requests = this.fleet.get();
		if (requests != null) {
			return requests.operate(operation, wait).answer();
		}
		TrackedOperation refused = refuse(operation);
		return refused.result().thenApply((result) -> refused.report());
	}

	private <R extends OperationResult> CompletableFuture<R> refuse(Operation operation, Class<R> type) {
		return refuse(operation).result().thenApply(type::cast);
	}

	private TrackedOperation refuse(Operation operation) {
		TrackedOperation refused = this.registry.begin(operation);
		this.registry.end(refused, OperationRequests.noFleet(operation));
		return refused;
	}

}
