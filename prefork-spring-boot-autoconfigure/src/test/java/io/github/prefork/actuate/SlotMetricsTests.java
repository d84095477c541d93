package io.github.prefork.actuate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;

import io.github.prefork.Build;
import io.github.prefork.ChildFigures;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SlotMetrics}.
 */
class SlotMetricsTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicReference<Fleet> fleet = new AtomicReference<>(Fleet.EMPTY);

	private final Map<Long, ChildFigures> figures = new HashMap<>();

	private final AtomicLong now = new AtomicLong();

	@AfterEach
	void closeRegistry() {
		this.registry.close();
	}

	@Test
	void upWhenChildIsReadyIsOneForItsSlotOnly() {
		bind(3, (listener) -> 0, 3);
		this.fleet.set(fleet(member(1, 101, ChildState.READY, 0), member(2, 102, ChildState.BOOTING, 0)));
		assertThat(up(0)).isZero();
		assertThat(up(1)).isEqualTo(1);
		assertThat(up(2)).isZero();
	}

	@Test
	void upWhenChildLeavesBesideReadyReplacementIsOne() {
		bind(1, (listener) -> 0, 1);
		this.fleet.set(fleet(member(0, 100, ChildState.LEAVING, 0), member(0, 101, ChildState.READY, 1)));
		assertThat(up(0)).isEqualTo(1);
	}

	@Test
	void upWhenChildRefusesOrLeavesIsZero() {
		bind(2, (listener) -> 0, 2);
		this.fleet.set(fleet(member(0, 100, ChildState.REFUSING, 0), member(1, 101, ChildState.LEAVING, 0)));
		assertThat(up(0)).isZero();
		assertThat(up(1)).isZero();
	}

	@Test
	void uptimeWhenTimePassesIsInSeconds() {
		bind(1, (listener) -> 0, 1);
		this.fleet.set(fleet(member(0, 100, ChildState.READY, 2 * SECOND)));
		this.now.set(5 * SECOND + SECOND / 2);
		assertThat(uptime(0)).isEqualTo(3.5);
		assertThat(this.registry.get("prefork.child.uptime").timeGauge().getId().getBaseUnit()).isEqualTo("seconds");
	}

	@Test
	void uptimeWhenOneLeavesIsThatOfTheNewestInAnyOrder() {
		bind(2, (listener) -> 0, 2);
		this.now.set(10 * SECOND);
		this.fleet.set(fleet(member(0, 100, ChildState.LEAVING, SECOND), member(0, 102, ChildState.BOOTING, 9 * SECOND),
				member(1, 103, ChildState.BOOTING, 8 * SECOND), member(1, 101, ChildState.LEAVING, SECOND)));
		assertThat(uptime(0)).isEqualTo(1);
		assertThat(uptime(1)).isEqualTo(2);
	}

	@Test
	void uptimeWhenNanoTimeOverflowsIsThatOfTheNewest() {
		bind(1, (listener) -> 0, 1);
		this.fleet.set(fleet(member(0, 100, ChildState.LEAVING, Long.MAX_VALUE - SECOND + 1),
				member(0, 101, ChildState.READY, Long.MIN_VALUE + SECOND)));
		this.now.set(Long.MIN_VALUE + 3 * SECOND);
		assertThat(uptime(0)).isEqualTo(2);
	}

	@Test
	void uptimeWhenSlotHasNoChildIsNaN() {
		bind(2, (listener) -> 0, 2);
		this.fleet.set(fleet(member(0, 100, ChildState.READY, 0)));
		assertThat(uptime(0)).isZero();
		assertThat(uptime(1)).isNaN();
	}

	@Test
	void acceptQueueWhenConnectionsWaitIsTheirNumber() {
		bind(2, (listener) -> 10 + listener, 2);
		assertThat(queue(0)).isEqualTo(10);
		assertThat(queue(1)).isEqualTo(11);
	}

	@Test
	void acceptQueueWhenListenerIsNotOpenIsNaN() {
		bind(1, (listener) -> -1, 1);
		assertThat(queue(0)).isNaN();
	}

	@Test
	void acceptQueueWhenListenerIsSharedIsThereOnce() {
		bind(3, (listener) -> 4, 1);
		assertThat(this.registry.get("prefork.child.accept.queue").gauges()).singleElement()
			.satisfies((gauge) -> assertThat(gauge.getId().getTag("slot")).isEqualTo("0"));
		assertThat(this.registry.get("prefork.child.up").gauges()).hasSize(3);
	}

	@Test
	void seriesWhenPidChangesAreTheSame() {
		bind(1, (listener) -> 0, 1);
		this.fleet.set(fleet(member(0, 100, ChildState.READY, 0)));
		List<?> before = this.registry.getMeters();
		this.fleet.set(fleet(member(0, 101, ChildState.READY, 0)));
		assertThat(up(0)).isEqualTo(1);
		assertThat(this.registry.getMeters()).hasSize(10).isEqualTo(before);
	}

	@Test
	void growAddsTheMetersOfNewSlotsOnce() {
		SlotMetrics metrics = bind(1, (listener) -> 4, 1);
		metrics.grow(2, 2);
		metrics.grow(1, 1);
		this.fleet.set(fleet(member(0, 100, ChildState.READY, 0), member(1, 101, ChildState.READY, 0)));
		assertThat(up(1)).isEqualTo(1);
		assertThat(queue(1)).isEqualTo(4);
		assertThat(this.registry.getMeters()).hasSize(20);
	}

	@Test
	void upWhenSlotIsGivenUpHasNoValue() {
		bind(2, (listener) -> 0, 2);
		this.fleet.set(new Fleet(1, List.of(member(0, 100, ChildState.READY, 0), member(1, 101, ChildState.LEAVING, 0)),
				0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of()));
		assertThat(up(1)).isZero();
		this.fleet.set(fleet(member(0, 100, ChildState.READY, 0)));
		assertThat(up(1)).isNaN();
		assertThat(uptime(1)).isNaN();
	}

	private SlotMetrics bind(int children, IntUnaryOperator queueLength, int listeners) {
		SlotMetrics metrics = new SlotMetrics(this.fleet::get, children, queueLength, listeners, this.figures::get,
				this.now::get);
		metrics.bindTo(this.registry);
		return metrics;
	}

	private double up(int slot) {
		return gauge("prefork.child.up", slot);
	}

	private double uptime(int slot) {
		return gauge("prefork.child.uptime", slot);
	}

	private double queue(int listener) {
		return gauge("prefork.child.accept.queue", listener);
	}

	private double gauge(String name, int slot) {
		return this.registry.get(name).tag("slot", Integer.toString(slot)).gauge().value();
	}

	private static Fleet fleet(Fleet.Member... members) {
		return new Fleet(members.length, List.of(members), 0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of());
	}

	private static Fleet.Member member(int slot, long pid, ChildState state, long launchedNanos) {
		return new Fleet.Member(new ChildIdentity(slot, 0, pid), state, launchedNanos, false, Build.UNKNOWN, false);
	}

}
