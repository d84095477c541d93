package io.github.prefork.actuate;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.prefork.Build;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link PreforkMetrics}.
 */
class PreforkMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicReference<Fleet> fleet = new AtomicReference<>(Fleet.EMPTY);

	@AfterEach
	void closeRegistry() {
		this.registry.close();
	}

	@Test
	void bindToWhenNothingWasLaunchedHasAllSeriesAtZero() {
		bind(2);
		assertThat(tagValues("prefork.children", "state")).containsExactlyInAnyOrder("booting", "standby", "ready",
				"refusing", "leaving");
		assertThat(tagValues("prefork.exits", "reason")).containsExactlyInAnyOrder("planned", "left", "killed",
				"crashed", "out-of-memory", "hung", "boot-failed", "boot-timeout", "lost-channel");
		assertThat(this.registry.getMeters())
			.filteredOn((meter) -> !meter.getId().getName().startsWith("prefork.child."))
			.hasSize(ChildState.values().length + ExitReason.values().length + 9)
			.allSatisfy((meter) -> assertThat(value(meter)).isZero());
	}

	@Test
	void bindToWhenBoundDescribesEveryMeter() {
		bind(2);
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank());
	}

	@Test
	void childrenWhenFleetChangesFollows() {
		bind(3);
		this.fleet.set(fleet(3, ChildState.READY, ChildState.READY, ChildState.BOOTING));
		assertChildren(1, 2, 0, 0);
		this.fleet.set(fleet(3, ChildState.READY, ChildState.REFUSING, ChildState.LEAVING, ChildState.BOOTING));
		assertChildren(1, 1, 1, 1);
		assertThat(gauge("prefork.children.desired")).isEqualTo(3);
	}

	@Test
	void countersWhenFleetCountsFollow() {
		bind(2);
		this.fleet.set(new Fleet(2, List.of(), 7, 4, Map.of(ExitReason.KILLED, 3L, ExitReason.BOOT_FAILED, 2L), false,
				0, Map.of(), Map.of(), Map.of()));
		assertThat(counter("prefork.spawns")).isEqualTo(7);
		assertThat(counter("prefork.recoveries")).isEqualTo(4);
		assertThat(counter("prefork.exits", "reason", "killed")).isEqualTo(3);
		assertThat(counter("prefork.exits", "reason", "boot-failed")).isEqualTo(2);
		assertThat(counter("prefork.exits", "reason", "planned")).isZero();
	}

	@Test
	void valuesWhenBinderIsCollectableStayAlive() {
		new PreforkMetrics(this.fleet::get, 1, (listener) -> 5, 1, (pid) -> null).bindTo(this.registry);
		collectGarbage();
		this.fleet.set(new Fleet(1, members(ChildState.READY), 2, 1, Map.of(ExitReason.LEFT, 1L), false, 0, Map.of(),
				Map.of(), Map.of()));
		assertThat(counter("prefork.spawns")).isEqualTo(2);
		assertThat(counter("prefork.recoveries")).isEqualTo(1);
		assertThat(counter("prefork.exits", "reason", "left")).isEqualTo(1);
		assertThat(gauge("prefork.children", "state", "ready")).isEqualTo(1);
		assertThat(gauge("prefork.children.desired")).isEqualTo(1);
		assertThat(gauge("prefork.child.up", "slot", "0")).isEqualTo(1);
		assertThat(gauge("prefork.child.uptime", "slot", "0")).isNotNaN();
		assertThat(gauge("prefork.child.accept.queue", "slot", "0")).isEqualTo(5);
	}

	@Test
	void valuesWhenRegistryIsPartOfCompositeStayAlive() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry(Clock.SYSTEM, List.of(this.registry));
		new PreforkMetrics(this.fleet::get, 1, (listener) -> 5, 1, (pid) -> null).bindTo(composite);
		collectGarbage();
		this.fleet.set(new Fleet(1, members(ChildState.READY), 2, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of()));
		assertThat(counter("prefork.spawns")).isEqualTo(2);
		assertThat(gauge("prefork.child.up", "slot", "0")).isEqualTo(1);
	}

	@Test
	void createWhenCountsAreImpossibleFails() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PreforkMetrics(this.fleet::get, -1, (listener) -> 0, 0, (pid) -> null))
			.withMessageContaining("'children'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PreforkMetrics(this.fleet::get, 1, (listener) -> 0, 2, (pid) -> null))
			.withMessageContaining("'listeners'");
	}

	private void bind(int children) {
		new PreforkMetrics(this.fleet::get, children, (listener) -> 0, children, (pid) -> null).bindTo(this.registry);
	}

	private void assertChildren(int booting, int ready, int refusing, int leaving) {
		assertThat(gauge("prefork.children", "state", "booting")).isEqualTo(booting);
		assertThat(gauge("prefork.children", "state", "ready")).isEqualTo(ready);
		assertThat(gauge("prefork.children", "state", "refusing")).isEqualTo(refusing);
		assertThat(gauge("prefork.children", "state", "leaving")).isEqualTo(leaving);
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private double counter(String name, String... tags) {
		return this.registry.get(name).tags(tags).functionCounter().count();
	}

	private List<String> tagValues(String name, String tag) {
		return this.registry.get(name).meters().stream().map((meter) -> meter.getId().getTag(tag)).toList();
	}

	private static double value(Meter meter) {
		return meter.measure().iterator().next().getValue();
	}

	private static Fleet fleet(int desired, ChildState... states) {
		return new Fleet(desired, members(states), 0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of());
	}

	private static List<Fleet.Member> members(ChildState... states) {
		return Arrays.stream(states)
			.map((state) -> new Fleet.Member(new ChildIdentity(0, 0, 100), state, System.nanoTime(), false,
					Build.UNKNOWN, false))
			.toList();
	}

	private static void collectGarbage() {
		WeakReference<Object> canary = new WeakReference<>(new Object());
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return canary.get() == null;
		});
	}

}
