package io.github.prefork.master;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.prefork.FleetReport;
import io.github.prefork.OperationReport;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.operation.OperationRequests;
import io.github.prefork.master.operation.OperationWait;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the children ask: reports on the fleet, and operations that somebody has
 * asked a child for. Safe for use by several threads.
 * <p>
 * A child that has to go is not kept waiting for the end of an operation: the operation
 * may be the one that replaces it, and waits for what the child has in flight.
 */
final class ChildRequests {

	private final OperationRequests operations;

	private final Map<Long, Set<OperationWait>> waits = new HashMap<>();

	private final Set<Long> leaving = new HashSet<>();

	private volatile @Nullable Answers answers;

	/**
	 * Create what answers, which nobody can ask yet.
	 * @param operations takes the operations
	 */
	ChildRequests(OperationRequests operations) {
		this.operations = operations;
	}

	/**
	 * Answer from now on. Comes before the first launch.
	 * @param channel the channel to the children
	 * @param report gives a report
	 */
	void open(MasterChannel channel, Supplier<FleetReport> report) {
		this.answers = new Answers(channel, report);
	}

	/**
	 * A child asks for a report.
	 * @param launch the launch of the child
	 * @param request its request
	 */
	void report(long launch, ToMaster.ReportRequest request) {
		Answers answers = this.answers;
		if (answers != null) {
			answers.channel().send(launch, new ToChild.FleetReported(request.request(), answers.report().get()));
		}
	}

	/**
	 * A child asks for an operation.
	 * @param launch the launch of the child
	 * @param request its request
	 */
	void operate(long launch, ToMaster.OperationRequest request) {
		Duration longest = (request.waitMillis() >= 0) ? Duration.ofMillis(request.waitMillis()) : null;
		OperationWait wait = this.operations.operate(request.operation(), longest);
		if (!begin(launch, wait)) {
			wait.cutShort();
		}
		wait.answer().thenAccept((report) -> answer(launch, wait, request.request(), report));
	}

	private synchronized boolean begin(long launch, OperationWait wait) {
		this.waits.computeIfAbsent(launch, (key) -> new HashSet<>()).add(wait);
		return !this.leaving.contains(launch);
	}

	private void answer(long launch, OperationWait wait, long request, OperationReport report) {
		Answers answers = this.answers;
		if (end(launch, wait) && answers != null) {
			answers.channel().send(launch, new ToChild.OperationReported(request, report));
		}
	}

	private synchronized boolean end(long launch, OperationWait wait) {
		Set<OperationWait> open = this.waits.get(launch);
		return open != null && open.remove(wait);
	}

	/**
	 * A child is about to go: whoever waits there is answered now, and nobody is kept
	 * waiting there any more.
	 * @param launch the launch of the child
	 */
	synchronized void leaving(long launch) {
		this.leaving.add(launch);
		this.waits.getOrDefault(launch, Set.of()).forEach(OperationWait::cutShort);
	}

	/**
	 * A child is gone.
	 * @param launch the launch of the child
	 */
	synchronized void forget(long launch) {
		this.leaving.remove(launch);
		this.waits.remove(launch);
	}

	/**
	 * Where answers come from and go to.
	 *
	 * @param channel the channel to the children
	 * @param report gives a report
	 */
	private record Answers(MasterChannel channel, Supplier<FleetReport> report) {

	}

}
