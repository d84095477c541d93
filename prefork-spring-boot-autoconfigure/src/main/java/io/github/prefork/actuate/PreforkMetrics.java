package io.github.prefork.actuate;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.prefork.ChildFigures;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import io.github.prefork.OperationResult.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The meters of the fleet, for the registry of the master. Each reads a snapshot when it
 * is asked for its value, on the thread that asks. All series are there from the start,
 * so that a query finds a counter at 0 before its first increment.
 */
public final class PreforkMetrics implements MeterBinder {

	/** A rolling restart that was refused was none. */
	private static final Set<Outcome> ENDS = EnumSet.complementOf(EnumSet.of(Outcome.REFUSED));

	private final Supplier<Fleet> fleet;

	private final SlotMetrics slots;

	/**
	 * Create the meters of a fleet.
	 * @param fleet returns the fleet as it is now; quick, and safe for use by several
	 * threads
	 * @param children the number of slots
	 * @param queueLength returns the number of connections that wait on the listener of
	 * the given index, a negative one if that can't be told; quick, and safe for use by
	 * several threads
	 * @param listeners the number of listeners, at most one for each slot
	 * @param figures returns what is counted and measured of the child with the given
	 * pid, {@code null} if that is not known; safe for use by several threads
	 */
	public PreforkMetrics(Supplier<Fleet> fleet, int children, IntUnaryOperator queueLength, int listeners,
			LongFunction<@Nullable ChildFigures> figures) {
		this(fleet, new SlotMetrics(fleet, children, queueLength, listeners, figures, System::nanoTime));
	}

	PreforkMetrics(Supplier<Fleet> fleet, SlotMetrics slots) {
		Assert.notNull(fleet, "'fleet' must not be null");
		this.fleet = fleet;
		this.slots = slots;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ChildState state : ChildState.values()) {
			gauge("prefork.children", (fleet) -> fleet.count(state)).tag("state", label(state))
				.description("Live children in this state")
				.register(registry);
		}
		gauge("prefork.children.desired", Fleet::desired).description("The number of children that there should be")
			.register(registry);
		bindCounters(registry);
		this.slots.bindTo(registry);
	}

	/**
	 * Add the meters of slots that have been added to the fleet. Safe for use by several
	 * threads.
	 * @param children the number of slots there have to be meters of
	 * @param listeners the same of listeners
	 */
	public void grow(int children, int listeners) {
		this.slots.grow(children, listeners);
	}

	private void bindCounters(MeterRegistry registry) {
		counter("prefork.spawns", Fleet::spawns).baseUnit("spawns")
			.description("Launches of children")
			.register(registry);
		for (ExitReason reason : ExitReason.values()) {
			counter("prefork.exits", (fleet) -> fleet.exits().getOrDefault(reason, 0L)).baseUnit("exits")
				.tag("reason", reason.label())
				.description("Children that ended for this reason")
				.register(registry);
		}
		for (Outcome outcome : ENDS) {
			counter("prefork.rollouts", (fleet) -> fleet.rollouts().getOrDefault(outcome, 0L)).baseUnit("rollouts")
				.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
				.description("Rollouts that somebody had asked for and that ended so")
				.register(registry);
			counter("prefork.recycles", (fleet) -> fleet.recycles().getOrDefault(outcome, 0L)).baseUnit("recycles")
				.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
				.description("Replacements of a child that had reached a limit, by how they ended")
				.register(registry);
		}
		counter("prefork.recoveries", Fleet::recoveries).baseUnit("recoveries")
			.description("Lost children that were replaced by a ready one")
			.register(registry);
	}

	private Gauge.Builder<PreforkMetrics> gauge(String name, ToDoubleFunction<Fleet> value) {
		return Gauge.builder(name, this, (metrics) -> value.applyAsDouble(metrics.fleet.get())).strongReference(true);
	}

	private FunctionCounter.Builder<PreforkMetrics> counter(String name, ToDoubleFunction<Fleet> count) {
		// A function counter has no option for a strong reference: its function has to
		// capture what the counter itself refers to only weakly
		return FunctionCounter.builder(name, this, (metrics) -> count.applyAsDouble(this.fleet.get()));
	}

	private static String label(ChildState state) {
		return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
