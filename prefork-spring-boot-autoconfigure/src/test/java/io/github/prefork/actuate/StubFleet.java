package io.github.prefork.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.prefork.Build;
import io.github.prefork.ChildFigures;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
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
 * A process of a fleet whose operations the test ends.
 */
public final class StubFleet implements Prefork {

	private static final Build BUILD = new Build("1.2.0", null, "/srv/app.jar", Instant.parse("2026-01-02T03:04:05Z"),
			23);

	private static final ChildFigures FIGURES = new ChildFigures(12, 3, 4096, Duration.ofMillis(2), Duration.ZERO,
			Duration.ofMillis(70), 8192L, null);

	final PreforkRole role;

	Fleet fleet = Fleet.EMPTY;

	final List<Object> asked = new CopyOnWriteArrayList<>();

	CompletableFuture<FleetReport> report = CompletableFuture.completedFuture(report(List.of()));

	CompletableFuture<OperationReport> answer = new CompletableFuture<>();

	public StubFleet(PreforkRole role) {
		this.role = role;
	}

	/**
	 * Make a report on two children of at most four.
	 * @param operations the operations
	 * @return the report
	 */
	static FleetReport report(List<OperationReport> operations) {
		return new FleetReport(5, 2, 1, 4, false,
				List.of(new FleetReport.Child(new ChildIdentity(0, 5, 100), ChildState.READY, false,
						Duration.ofNanos(63_456_789_012L), BUILD, FIGURES, true),
						new FleetReport.Child(new ChildIdentity(1, 4, 101), ChildState.LEAVING, true, Duration.ZERO,
								Build.UNKNOWN, null, false)),
				new FleetReport.Listeners("reuseport", 8080, List.of(0, 3)), operations);
	}

	public void answer(OperationReport report) {
		this.answer.complete(report);
	}

	public List<Object> asked() {
		return this.asked;
	}

	@Override
	public PreforkRole role() {
		return this.role;
	}

	@Override
	public int slot() {
		return 5;
	}

	@Override
	public boolean isLeader() {
		return this.role == PreforkRole.STANDALONE;
	}

	@Override
	public int generation() {
		return 0;
	}

	@Override
	public CompletionStage<OperationReport> operate(Operation operation, Duration wait) {
		this.asked.add(List.of(operation, wait));
		return this.answer;
	}

	@Override
	public CompletionStage<FleetReport> report() {
		return this.report;
	}

	@Override
	public Fleet fleet() {
		return this.fleet;
	}

	@Override
	public CompletionStage<RolloutResult> restart() {
		throw new PreforkException("Not used");
	}

	@Override
	public CompletionStage<ScaleResult> scale(int children) {
		throw new PreforkException("Not used");
	}

	@Override
	public CompletionStage<RolloutResult> recycle(int slot) {
		throw new PreforkException("Not used");
	}

}
