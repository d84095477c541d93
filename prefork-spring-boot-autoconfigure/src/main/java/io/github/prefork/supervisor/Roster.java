package io.github.prefork.supervisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import org.jspecify.annotations.Nullable;

/**
 * The slots and the live children. Only the supervisor's thread touches it.
 */
final class Roster {

	private final List<Slot> slots = new ArrayList<>();

	private final Map<Long, Child> live = new LinkedHashMap<>();

	private final Map<ExitReason, Long> exits = new EnumMap<>(ExitReason.class);

	private long launches;

	private long spawns;

	private long recoveries;

	Roster(SupervisorSettings settings, RandomGenerator random) {
		for (int i = 0; i < settings.children(); i++) {
			this.slots.add(new Slot(i, new RestartDelay(settings.recovery(), random)));
		}
	}

	List<Slot> slots() {
		return this.slots;
	}

	Slot slotOf(Child child) {
		return this.slots.get(child.slot());
	}

	Collection<Child> live() {
		return this.live.values();
	}

	Stream<Child> current() {
		return this.slots.stream().map((slot) -> slot.child).filter(Objects::nonNull);
	}

	@Nullable Child find(long launch) {
		return this.live.get(launch);
	}

	long nextLaunch() {
		return ++this.launches;
	}

	void add(Slot slot, Child child) {
		this.live.put(child.launch, child);
		slot.child = child;
		this.spawns++;
	}

	void remove(Child child, ExitReason reason) {
		this.live.remove(child.launch);
		vacate(child);
		this.exits.merge(reason, 1L, Long::sum);
	}

	void vacate(Child child) {
		Slot slot = slotOf(child);
		if (slot.child == child) {
			slot.child = null;
		}
	}

	void countRecovery() {
		this.recoveries++;
	}

	long ready() {
		return current().filter(Child::ready).count();
	}

	long booting() {
		return current().filter((child) -> child.state == ChildState.BOOTING).count();
	}

	List<ChildIdentity> identities() {
		return current().map((child) -> child.identity).toList();
	}

	Fleet snapshot() {
		List<Fleet.Member> members = this.live.values()
			.stream()
			.sorted(Comparator.comparingInt(Child::slot).thenComparingLong((child) -> child.launch))
			.map((child) -> new Fleet.Member(child.identity, child.state, child.launchedNanos, child.stalled))
			.toList();
		return new Fleet(this.slots.size(), members, this.spawns, this.recoveries, this.exits);
	}

}
