package io.github.prefork.actuate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.prefork.Build;
import io.github.prefork.ChildFigures;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SlotFigures}, as {@link SlotMetrics} binds them.
 */
class SlotFiguresTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicReference<Fleet> fleet = new AtomicReference<>(Fleet.EMPTY);

	private final Map<Long, ChildFigures> figures = new HashMap<>();

	private final AtomicLong now = new AtomicLong(-3 * SECOND);

	@BeforeEach
	void bind() {
		new SlotMetrics(this.fleet::get, 1, (listener) -> 0, 0, this.figures::get, this.now::get).bindTo(this.registry);
	}

	@AfterEach
	void closeRegistry() {
		this.registry.close();
	}

	@Test
	void gaugesOfAChildHaveItsFigures() {
		fleet(member(100, ChildState.READY, 0));
		this.figures.put(100L, new ChildFigures(5, 6, 7, Duration.ofMillis(8), Duration.ZERO, Duration.ofMillis(90),
				10L, Duration.ofMillis(500)));
		assertThat(requests()).isEqualTo(5);
		assertThat(gauge("connections")).isEqualTo(6);
		assertThat(gauge("memory.heap")).isEqualTo(7);
		assertThat(gauge("event.loop.delay")).isEqualTo(0.008);
		assertThat(gauge("heartbeat.age")).isEqualTo(0.09);
		assertThat(gauge("memory.rss")).isEqualTo(10);
	}

	@Test
	void gaugesWhenNothingIsKnownAreNotANumber() {
		assertThat(gauge("connections")).isNaN();
		assertThat(gauge("cpu.usage")).isNaN();
		assertThat(requests()).isZero();
		fleet(member(100, ChildState.BOOTING, 0));
		assertThat(gauge("memory.heap")).isNaN();
		this.figures.put(100L, new ChildFigures(0, 0, 7, Duration.ZERO, Duration.ZERO, Duration.ZERO, null, null));
		assertThat(gauge("memory.heap")).isEqualTo(7);
		assertThat(gauge("memory.rss")).isNaN();
		assertThat(gauge("cpu.usage")).isNaN();
	}

	@Test
	void gaugesWhenAnotherChildBootsBesideAreOfTheOneThatServes() {
		this.figures.put(100L, connections(5));
		this.figures.put(101L, connections(0));
		fleet(member(100, ChildState.READY, 0), member(101, ChildState.BOOTING, SECOND));
		assertThat(gauge("connections")).isEqualTo(5);
		fleet(member(100, ChildState.LEAVING, 0), member(101, ChildState.READY, SECOND));
		assertThat(gauge("connections")).isZero();
	}

	@Test
	void requestsWhenTheChildIsReplacedGoOn() {
		fleet(member(100, ChildState.READY, 0));
		this.figures.put(100L, requests(40));
		assertThat(requests()).isEqualTo(40);
		this.figures.put(100L, requests(50));
		assertThat(requests()).isEqualTo(50);
		this.figures.remove(100L);
		assertThat(requests()).as("not told yet").isEqualTo(50);
		this.fleet.set(new Fleet(1, List.of(), 0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of(0, 60L, 1, 7L)));
		assertThat(requests()).as("also what was never read").isEqualTo(60);
		this.fleet.set(new Fleet(1, List.of(member(101, ChildState.READY, 0), member(102, ChildState.LEAVING, 0)), 0, 0,
				Map.of(), false, 0, Map.of(), Map.of(), Map.of(0, 60L)));
		this.figures.put(101L, requests(3));
		this.figures.put(102L, requests(4));
		assertThat(requests()).isEqualTo(67);
	}

	@Test
	void cpuUsageIsThatSinceTheLastReadingASecondAgoOrMore() {
		fleet(member(100, ChildState.READY, -5 * SECOND));
		this.figures.put(100L, cpu(Duration.ofMillis(500)));
		assertThat(gauge("cpu.usage")).as("since its launch").isEqualTo(0.25);
		this.now.addAndGet(SECOND / 2);
		this.figures.put(100L, cpu(Duration.ofMillis(1000)));
		assertThat(gauge("cpu.usage")).as("too soon").isEqualTo(0.25);
		this.now.addAndGet(SECOND / 2);
		this.figures.put(100L, cpu(Duration.ofMillis(1200)));
		assertThat(gauge("cpu.usage")).isEqualTo(0.7);
	}

	private static ChildFigures requests(long requests) {
		return new ChildFigures(requests, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, null, null);
	}

	private static ChildFigures connections(long connections) {
		return new ChildFigures(0, connections, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, null, null);
	}

	private static ChildFigures cpu(Duration time) {
		return new ChildFigures(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, null, time);
	}

	private double requests() {
		return this.registry.get("prefork.child.requests").tag("slot", "0").functionCounter().count();
	}

	private double gauge(String name) {
		return this.registry.get("prefork.child." + name).tag("slot", "0").gauge().value();
	}

	private void fleet(Fleet.Member... members) {
		this.fleet.set(new Fleet(1, List.of(members), 0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of()));
	}

	private static Fleet.Member member(long pid, ChildState state, long launchedNanos) {
		return new Fleet.Member(new ChildIdentity(0, 0, pid), state, launchedNanos, false, Build.UNKNOWN, false);
	}

}
