package io.github.prefork.sample;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.prefork.Fleet;
import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;

/**
 * A process with a given place in the fleet.
 *
 * @param role the role
 * @param slot the slot
 * @param generation the generation
 */
record StubPrefork(PreforkRole role, int slot, int generation) implements Prefork {

	@Override
	public boolean isLeader() {
		return this.role == PreforkRole.STANDALONE;
	}

	@Override
	public Fleet fleet() {
		return Fleet.EMPTY;
	}

	@Override
	public CompletionStage<RolloutResult> restart() {
		throw new PreforkException("Not a fleet");
	}

	@Override
	public CompletionStage<ScaleResult> scale(int children) {
		throw new PreforkException("Not a fleet");
	}

	@Override
	public CompletionStage<RolloutResult> recycle(int slot) {
		throw new PreforkException("Not a fleet");
	}

	@Override
	public CompletionStage<OperationReport> operate(Operation operation, Duration wait) {
		throw new PreforkException("Not a fleet");
	}

	@Override
	public CompletionStage<FleetReport> report() {
		return CompletableFuture.completedFuture(FleetReport.EMPTY);
	}

}
