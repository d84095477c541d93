package io.github.prefork.child;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

import io.github.prefork.FleetReport;
import org.jspecify.annotations.Nullable;

/**
 * Requests for reports. One is on its way at a time, and all who ask meanwhile get the
 * answer to the next one: so a master whose child is asked often, and then stands still,
 * is not left with a heap of answers that nobody reads, and an answer is never older than
 * its question. Safe for use by several threads.
 */
final class ReportRequests {

	private final LongFunction<CompletableFuture<FleetReport>> send;

	private long last;

	private @Nullable CompletableFuture<FleetReport> present;

	private @Nullable CompletableFuture<FleetReport> next;

	/**
	 * Create the requests.
	 * @param send sends one with a number; the answer ends in any case
	 */
	ReportRequests(LongFunction<CompletableFuture<FleetReport>> send) {
		this.send = send;
	}

	CompletableFuture<FleetReport> ask() {
		CompletableFuture<FleetReport> sent;
		synchronized (this) {
			if (this.present != null) {
				this.next = (this.next != null) ? this.next : new CompletableFuture<>();
				return this.next;
			}
			sent = begin();
		}
		sent.whenComplete((report, ex) -> goOn());
		return sent;
	}

	private CompletableFuture<FleetReport> begin() {
		CompletableFuture<FleetReport> sent = this.send.apply(++this.last);
		this.present = sent;
		return sent;
	}

	private void goOn() {
		CompletableFuture<FleetReport> waiting;
		CompletableFuture<FleetReport> sent;
		synchronized (this) {
			waiting = this.next;
			this.next = null;
			this.present = null;
			if (waiting == null) {
				return;
			}
			sent = begin();
		}
		sent.whenComplete((report, ex) -> {
			complete(waiting, report, ex);
			goOn();
		});
	}

	private static void complete(CompletableFuture<FleetReport> asked, @Nullable FleetReport report,
			@Nullable Throwable ex) {
		if (report != null) {
			asked.complete(report);
		}
		else if (ex != null) {
			asked.completeExceptionally(ex);
		}
	}

	void received(long request, FleetReport report) {
		CompletableFuture<FleetReport> answered;
		synchronized (this) {
			// A late answer to an earlier request is nobody's
			answered = (request == this.last) ? this.present : null;
		}
		if (answered != null) {
			answered.complete(report);
		}
	}

	void fail(Throwable failure) {
		CompletableFuture<FleetReport> open;
		synchronized (this) {
			open = this.present;
		}
		if (open != null) {
			open.completeExceptionally(failure);
		}
	}

}
