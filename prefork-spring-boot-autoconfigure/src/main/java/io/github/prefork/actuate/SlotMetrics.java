package io.github.prefork.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.prefork.ChildFigures;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The meters of each slot. Their tag is the slot and not the pid, so that a series goes
 * on when a child is replaced.
 */
final class SlotMetrics implements MeterBinder {

	private static final String SLOT = "slot";

	private final Supplier<Fleet> fleet;

	private final IntUnaryOperator queueLength;

	private final List<MeterRegistry> registries = new ArrayList<>();

	private int children;

	private int listeners;

	private final LongSupplier nanoTime;

	private final SlotFigures figures;

	SlotMetrics(Supplier<Fleet> fleet, int children, IntUnaryOperator queueLength, int listeners,
			LongFunction<@Nullable ChildFigures> figures, LongSupplier nanoTime) {
		Assert.notNull(queueLength, "'queueLength' must not be null");
		Assert.isTrue(children >= 0, "'children' must not be negative");
		Assert.isTrue(listeners >= 0 && listeners <= children, "'listeners' must be between 0 and 'children'");
		this.fleet = fleet;
		this.children = children;
		this.queueLength = queueLength;
		this.listeners = listeners;
		this.nanoTime = nanoTime;
		this.figures = new SlotFigures(fleet, this::serving, figures, nanoTime);
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		for (int slot = 0; slot < this.children; slot++) {
			bindChild(slot, registry);
		}
		for (int listener = 0; listener < this.listeners; listener++) {
			bindListener(listener, registry);
		}
	}

	/**
	 * Add the meters of slots that have been added. Those of slots that are given up stay
	 * and have no value.
	 * @param children the number of slots there have to be meters of
	 * @param listeners the same of listeners
	 */
	synchronized void grow(int children, int listeners) {
		for (; this.children < children; this.children++) {
			int slot = this.children;
			this.registries.forEach((registry) -> bindChild(slot, registry));
		}
		for (; this.listeners < listeners; this.listeners++) {
			int listener = this.listeners;
			this.registries.forEach((registry) -> bindListener(listener, registry));
		}
	}

	private void bindChild(int slot, MeterRegistry registry) {
		Gauge.builder("prefork.child.up", this, (metrics) -> metrics.up(slot))
			.strongReference(true)
			.tag(SLOT, Integer.toString(slot))
			.description("1 if the slot has a ready child, else 0; NaN if it was given up")
			.register(registry);
		TimeGauge.builder("prefork.child.uptime", this, TimeUnit.NANOSECONDS, (metrics) -> metrics.uptime(slot))
			.strongReference(true)
			.tag(SLOT, Integer.toString(slot))
			.description("The time since the launch of the slot's child, NaN if it has none")
			.register(registry);
		this.figures.bindTo(slot, registry);
	}

	private void bindListener(int listener, MeterRegistry registry) {
		Gauge.builder("prefork.child.accept.queue", this, (metrics) -> metrics.queue(listener))
			.strongReference(true)
			.tag(SLOT, Integer.toString(listener))
			.description("Connections that wait to be accepted on the slot's listener, NaN if it is not open")
			.register(registry);
	}

	private double up(int slot) {
		if (members(slot).anyMatch((member) -> member.state() == ChildState.READY)) {
			return 1;
		}
		int desired = this.fleet.get().desired();
		boolean givenUp = desired > 0 && slot >= desired && members(slot).findAny().isEmpty();
		return givenUp ? Double.NaN : 0;
	}

	private double uptime(int slot) {
		Fleet.Member member = newest(slot);
		return (member != null) ? this.nanoTime.getAsLong() - member.launchedNanos() : Double.NaN;
	}

	private Fleet.@Nullable Member newest(int slot) {
		return members(slot).reduce(SlotMetrics::newer).orElse(null);
	}

	// The one that is to serve: one that boots beside it has nothing to show yet
	private Fleet.@Nullable Member serving(int slot) {
		return members(slot)
			.filter((member) -> member.state() == ChildState.READY || member.state() == ChildState.REFUSING)
			.reduce(SlotMetrics::newer)
			.orElseGet(() -> newest(slot));
	}

	private double queue(int listener) {
		int length = this.queueLength.applyAsInt(listener);
		return (length >= 0) ? length : Double.NaN;
	}

	private Stream<Fleet.Member> members(int slot) {
		return this.fleet.get().children().stream().filter((member) -> member.identity().slot() == slot);
	}

	private static Fleet.Member newer(Fleet.Member one, Fleet.Member other) {
		// The difference, since readings of the nano time may overflow
		return (other.launchedNanos() - one.launchedNanos() > 0) ? other : one;
	}

}
