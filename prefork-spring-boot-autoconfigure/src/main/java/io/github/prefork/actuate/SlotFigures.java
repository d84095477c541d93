package io.github.prefork.actuate;

import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.prefork.ChildFigures;
import io.github.prefork.Fleet;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * The meters of what the child of a slot tells of itself, and of its process. While a
 * child boots beside the one that it replaces, they are still those of the old one.
 */
final class SlotFigures {

	private static final String SLOT = "slot";

	private final Supplier<Fleet> fleet;

	private final IntFunction<Fleet.@Nullable Member> member;

	private final LongFunction<@Nullable ChildFigures> figures;

	private final LongSupplier nanoTime;

	/**
	 * Create the meters.
	 * @param fleet returns the fleet
	 * @param member returns the child that a slot's figures are of
	 * @param figures returns the figures of the child with the given pid
	 * @param nanoTime the clock, in nanoseconds
	 */
	SlotFigures(Supplier<Fleet> fleet, IntFunction<Fleet.@Nullable Member> member,
			LongFunction<@Nullable ChildFigures> figures, LongSupplier nanoTime) {
		this.fleet = fleet;
		this.member = member;
		this.figures = figures;
		this.nanoTime = nanoTime;
	}

	void bindTo(int slot, MeterRegistry registry) {
		RequestCount requests = new RequestCount();
		// Captures what the counter itself refers to only weakly
		FunctionCounter.builder("prefork.child.requests", this, (meters) -> this.requests(slot, requests))
			.tag(SLOT, Integer.toString(slot))
			.baseUnit("requests")
			.description("Requests that have come to the children of the slot")
			.register(registry);
		gauge("prefork.child.connections", slot, ChildFigures::connections)
			.description("Open connections of the slot's child")
			.register(registry);
		gauge("prefork.child.memory.heap", slot, ChildFigures::heapUsed).baseUnit(BaseUnits.BYTES)
			.description("Heap in use by the slot's child, garbage included")
			.register(registry);
		gauge("prefork.child.memory.rss", slot, SlotFigures::memory).baseUnit(BaseUnits.BYTES)
			.description("Memory in use by the process of the slot's child")
			.register(registry);
		time("prefork.child.event.loop.delay", slot, (child) -> child.eventLoopDelay().toNanos())
			.description("The time that the slowest event loop of the slot's child takes to answer")
			.register(registry);
		time("prefork.child.heartbeat.age", slot, (child) -> child.heartbeatAge().toNanos())
			.description("The time since the last heartbeat of the slot's child")
			.register(registry);
		CpuUsage usage = new CpuUsage(this.nanoTime);
		Gauge.builder("prefork.child.cpu.usage", this, (meters) -> meters.cpuUsage(slot, usage))
			.strongReference(true)
			.tag(SLOT, Integer.toString(slot))
			.description("Processors in use by the slot's child, 1 is one whole processor")
			.register(registry);
	}

	private Gauge.Builder<SlotFigures> gauge(String name, int slot, ToDoubleFunction<ChildFigures> value) {
		return Gauge.builder(name, this, (meters) -> meters.value(slot, value))
			.strongReference(true)
			.tag(SLOT, Integer.toString(slot));
	}

	private TimeGauge.Builder<SlotFigures> time(String name, int slot, ToDoubleFunction<ChildFigures> nanos) {
		return TimeGauge.builder(name, this, TimeUnit.NANOSECONDS, (meters) -> meters.value(slot, nanos))
			.strongReference(true)
			.tag(SLOT, Integer.toString(slot));
	}

	private double value(int slot, ToDoubleFunction<ChildFigures> value) {
		Fleet.Member member = this.member.apply(slot);
		ChildFigures child = (member != null) ? this.figures.apply(member.identity().pid()) : null;
		return (child != null) ? value.applyAsDouble(child) : Double.NaN;
	}

	private double requests(int slot, RequestCount requests) {
		Fleet fleet = this.fleet.get();
		long ofLive = fleet.children()
			.stream()
			.filter((member) -> member.identity().slot() == slot)
			.mapToLong((member) -> requests(member.identity().pid()))
			.sum();
		return requests.atLeast(fleet.requests().getOrDefault(slot, 0L) + ofLive);
	}

	private long requests(long pid) {
		ChildFigures child = this.figures.apply(pid);
		return (child != null) ? child.requests() : 0;
	}

	private static double memory(ChildFigures child) {
		Long memory = child.residentMemory();
		return (memory != null) ? memory : Double.NaN;
	}

	private double cpuUsage(int slot, CpuUsage usage) {
		Fleet.Member member = this.member.apply(slot);
		ChildFigures child = (member != null) ? this.figures.apply(member.identity().pid()) : null;
		return (member != null && child != null && child.cpuTime() != null)
				? usage.of(member, child.cpuTime().toNanos()) : Double.NaN;
	}

}
