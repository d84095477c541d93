package io.github.prefork.load;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What came of a run. Immutable.
 *
 * @param plan what was planned
 * @param unsent the number of requests that never started because no connection was free
 * until the end of the run
 * @param closedWhileIdle the number of keep-alive connections that the server closed
 * between two requests; that fails no request
 * @param outcomes all requests that ended, in the order of the schedule
 */
public record LoadReport(LoadPlan plan, long unsent, long closedWhileIdle, List<RequestOutcome> outcomes) {

	private static final int SHOWN_FAILURES = 20;

	public LoadReport {
		outcomes = outcomes.stream().sorted(Comparator.comparingLong(RequestOutcome::number)).toList();
	}

	/**
	 * Count the requests that ended, well or not.
	 * @return the number of requests
	 */
	public long sent() {
		return this.outcomes.size();
	}

	/**
	 * Count the requests that succeeded.
	 * @return the number of requests
	 */
	public long ok() {
		return this.outcomes.stream().filter(RequestOutcome::ok).count();
	}

	/**
	 * Return the requests that failed.
	 * @return the requests in the order of the schedule
	 */
	public List<RequestOutcome> failures() {
		return this.outcomes.stream().filter((outcome) -> !outcome.ok()).toList();
	}

	/**
	 * Count the requests that failed in a way.
	 * @param kind the kind of failure
	 * @return the number of requests
	 */
	public long failed(FailureKind kind) {
		return this.outcomes.stream().filter((outcome) -> outcome.failedWith(kind)).count();
	}

	/**
	 * Count the failures by kind, new or reused connection, and pid.
	 * @return the number of failures of each group that has any
	 */
	public Map<FailureGroup, Long> failureCounts() {
		return failures().stream()
			.collect(Collectors.groupingBy(FailureGroup::of, LinkedHashMap::new, Collectors.counting()));
	}

	/**
	 * Count the answered requests, whatever their status, by the pid that answered.
	 * Answers that do not tell their pid are left out.
	 * @return the number of requests of each pid
	 */
	public Map<Long, Long> requestsPerPid() {
		return this.outcomes.stream()
			.filter((outcome) -> outcome.status() != 0)
			.map(RequestOutcome::pid)
			.filter(Objects::nonNull)
			.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
	}

	/**
	 * Return the latencies of the requests that succeeded.
	 * @return the latencies
	 */
	public Latencies latencies() {
		return Latencies.of(this.outcomes);
	}

	/**
	 * Report on a part of the requests.
	 * @param filter chooses the requests
	 * @return the same report without the others
	 */
	public LoadReport where(Predicate<RequestOutcome> filter) {
		return new LoadReport(this.plan, this.unsent, this.closedWhileIdle,
				this.outcomes.stream().filter(filter).toList());
	}

	/**
	 * Report without the requests on connections that a process is known to have
	 * accepted.
	 * @param pid the process
	 * @return the report on all others, those of unknown pid included
	 */
	public LoadReport excludingPid(long pid) {
		return where((outcome) -> !outcome.acceptedBy(pid));
	}

	@Override
	public String toString() {
		List<RequestOutcome> failures = failures();
		StringBuilder text = new StringBuilder().append(this.plan)
			.append("\n  sent %d: %d ok, %d failed; %d never sent; %d connections closed while idle".formatted(sent(),
					ok(), failures.size(), this.unsent, this.closedWhileIdle))
			.append("\n  latency from the scheduled start: ")
			.append(latencies())
			.append("\n  answers by pid: ")
			.append(requestsPerPid());
		failureCounts().forEach((group, count) -> text.append("\n  %d x %s".formatted(count, group)));
		failures.stream().limit(SHOWN_FAILURES).forEach((failure) -> text.append("\n    ").append(failure));
		if (failures.size() > SHOWN_FAILURES) {
			text.append("\n    and %d more".formatted(failures.size() - SHOWN_FAILURES));
		}
		return text.toString();
	}

}
