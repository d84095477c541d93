package io.github.prefork.actuate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint writes about an operation.
 *
 * @param id its number
 * @param operation its name, as in the path
 * @param slot the slot that is recycled
 * @param children the number of children that was asked for
 * @param step the number of children more or less that was asked for
 * @param outcome how it has ended, or {@code running}
 * @param success whether it has ended as requested, {@code null} while it is running
 * @param reason why it was refused, has failed or was stopped
 * @param failedSlot the slot whose new child could not be started
 * @param replaced the number of slots that have a new child
 * @param generation the generation of the new children
 * @param before the number of children that there should have been before
 * @param now the number of children that there should be now
 * @param startedAt when it was requested, ISO 8601
 * @param duration the time that it took or has taken so far, ISO 8601
 */
record OperationBody(long id, String operation, @Nullable Integer slot, @Nullable Integer children,
		@Nullable Integer step, String outcome, @Nullable Boolean success, @Nullable String reason,
		@Nullable Integer failedSlot, @Nullable Integer replaced, @Nullable Integer generation,
		@Nullable Integer before, @Nullable Integer now, String startedAt,
		String duration) implements OperationResponseBody {

	static OperationBody of(OperationReport report) {
		Operation operation = report.operation();
		OperationResult result = report.result();
		RolloutResult rollout = (result instanceof RolloutResult ended && ended.outcome() != Outcome.REFUSED) ? ended
				: null;
		ScaleResult scaled = (result instanceof ScaleResult ended) ? ended : null;
		return new OperationBody(report.id(), name(operation),
				(operation instanceof Operation.Recycle recycle) ? recycle.slot() : null, children(operation),
				(operation instanceof Operation.ScaleBy scale) ? scale.step() : null, outcome(result),
				(result != null) ? result.outcome() == Outcome.FINISHED : null,
				(result != null) ? result.reason() : null, (rollout != null) ? rollout.slot() : null,
				(rollout != null) ? rollout.replaced() : null, (rollout != null) ? rollout.generation() : null,
				(scaled != null) ? scaled.before() : null, (scaled != null) ? scaled.children() : null,
				report.startedAt().truncatedTo(ChronoUnit.MILLIS).toString(), iso(report.duration()));
	}

	private static String name(Operation operation) {
		if (operation instanceof Operation.Restart) {
			return OperationRequest.RESTART;
		}
		return (operation instanceof Operation.Recycle) ? OperationRequest.RECYCLE : OperationRequest.SCALE;
	}

	private static @Nullable Integer children(Operation operation) {
		return (operation instanceof Operation.Scale scale) ? scale.children() : null;
	}

	private static String outcome(@Nullable OperationResult result) {
		return (result != null) ? result.outcome().name().toLowerCase(Locale.ROOT) : "running";
	}

	static String iso(Duration duration) {
		return duration.truncatedTo(ChronoUnit.MILLIS).toString();
	}

}
