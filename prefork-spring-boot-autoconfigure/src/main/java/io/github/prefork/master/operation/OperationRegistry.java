package io.github.prefork.master.operation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;

/**
 * The operations that are running, and the last ones that have ended. Gives each its
 * number. Lives as long as the master, so that a number is never used again. Safe for use
 * by several threads.
 */
public final class OperationRegistry {

	/**
	 * How many that have ended are remembered, how many that were refused, and how many
	 * that are running are told of.
	 */
	static final int KEPT = 16;

	private final Set<TrackedOperation> running = new LinkedHashSet<>();

	private final Deque<TrackedOperation> ended = new ArrayDeque<>();

	/** Apart, so that they do not make the master forget what was done. */
	private final Deque<TrackedOperation> refused = new ArrayDeque<>();

	private long last;

	synchronized TrackedOperation begin(Operation operation) {
		TrackedOperation tracked = TrackedOperation.begin(++this.last, operation);
		this.running.add(tracked);
		return tracked;
	}

	/**
	 * An operation has ended.
	 * @param operation the operation
	 * @param result how
	 */
	void end(TrackedOperation operation, OperationResult result) {
		retire(operation, (result.outcome() == Outcome.REFUSED) ? this.refused : this.ended);
		operation.end(result);
	}

	private synchronized void retire(TrackedOperation operation, Deque<TrackedOperation> retired) {
		if (this.running.remove(operation)) {
			retired.addFirst(operation);
			if (retired.size() > KEPT) {
				retired.removeLast();
			}
		}
	}

	/**
	 * Return what is known.
	 * @return those that are running and those that have ended, the newest first
	 */
	public synchronized List<OperationReport> reports() {
		List<TrackedOperation> known = new ArrayList<>(this.running);
		known.subList(0, Math.max(0, known.size() - KEPT)).clear();
		known.addAll(this.ended);
		known.addAll(this.refused);
		return known.stream()
			.map(TrackedOperation::report)
			.sorted((one, other) -> Long.compare(other.id(), one.id()))
			.toList();
	}

}
