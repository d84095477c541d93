package io.github.prefork.load;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Collects what happens in a run. Safe for use by any number of threads.
 */
final class Recorder {

	private final AtomicLong started = new AtomicLong();

	private final AtomicLong finished = new AtomicLong();

	private final AtomicLong closedWhileIdle = new AtomicLong();

	private final Queue<RequestOutcome> outcomes = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Exception> broken = new AtomicReference<>();

	void started() {
		this.started.incrementAndGet();
	}

	void finished(RequestOutcome outcome) {
		this.outcomes.add(outcome);
		this.finished.incrementAndGet();
	}

	void closedWhileIdle() {
		this.closedWhileIdle.incrementAndGet();
	}

	void broken(Exception cause) {
		this.broken.compareAndSet(null, cause);
	}

	long finishedCount() {
		return this.finished.get();
	}

	/**
	 * Report what has happened so far.
	 * @param plan what was planned
	 * @param due the number of requests whose moment has come
	 * @return the report
	 * @throws IllegalStateException if the client itself has failed
	 */
	LoadReport report(LoadPlan plan, long due) {
		Exception cause = this.broken.get();
		if (cause != null) {
			throw new IllegalStateException("a connection of the load client has ended by " + cause, cause);
		}
		long unsent = Math.max(0, due - this.started.get());
		return new LoadReport(plan, unsent, this.closedWhileIdle.get(), List.copyOf(this.outcomes));
	}

}
