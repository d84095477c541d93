package io.github.prefork.supervisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import io.github.prefork.OperationResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The slots and the live children. Only the supervisor's thread touches it.
 */
final class Roster {

	private final List<Slot> slots;

	private final List<Slot> standbys = new ArrayList<>();

	private final Map<Long, Child> live;

	private final SupervisorSettings settings;

	private final RandomGenerator random;

	/** Whether the number of children is being changed. */
	private boolean scaling;

	private final NavigableSet<Child> ready = new TreeSet<>(
			Comparator.comparingInt(Child::slot).thenComparingLong((child) -> child.launch));

	private final Set<Child> booting = new HashSet<>();

	private final Map<ExitReason, Long> exits = new EnumMap<>(ExitReason.class);

	private long launches;

	private long spawns;

	private long recoveries;

	private boolean recoveryExceeded;

	private int generation;

	private boolean rollingOut;

	private final Map<Outcome, Long> rollouts = new EnumMap<>(Outcome.class);

	private final Map<Outcome, Long> recycles = new EnumMap<>(Outcome.class);

	/** Those of ended children, by slot. */
	private final Map<Integer, Long> requests = new HashMap<>();

	private long arrivals;

	private long acceptorChanges;

	private @Nullable Fleet snapshot;

	Roster(SupervisorSettings settings, RandomGenerator random) {
		this(settings, random, new ArrayList<>(), new LinkedHashMap<>());
	}

	// The collections are handed in by a test that counts how many elements are visited
	Roster(SupervisorSettings settings, RandomGenerator random, List<Slot> slots, Map<Long, Child> live) {
		this.settings = settings;
		this.random = random;
		this.slots = slots;
		this.live = live;
		for (int i = 0; i < settings.children(); i++) {
			addSlot();
		}
		for (int i = 1; i <= settings.standby(); i++) {
			this.standbys.add(new Slot(-i, new RestartDelay(settings.recovery(), random)));
		}
	}

	/**
	 * Return the places of standbys.
	 * @return the places, none if there are to be no standbys
	 */
	List<Slot> standbys() {
		return this.standbys;
	}

	/**
	 * Give a slot to a standby.
	 * @param child the standby
	 * @param slot the slot, empty
	 */
	void assign(Child child, Slot slot) {
		vacate(child);
		child.place = slot;
		child.identity = new ChildIdentity(slot.index, child.identity.generation(), child.identity.pid());
		slot.child = child;
		changed(child);
	}

	/**
	 * Return whether somebody is left that serves or can come to it.
	 * @return whether a slot is filled or a standby is there
	 */
	boolean hasSurvivors() {
		return Stream.concat(this.slots.stream(), this.standbys.stream()).anyMatch((slot) -> !slot.empty());
	}

	/**
	 * Add a slot above the others.
	 * @return the slot, empty
	 */
	Slot addSlot() {
		Slot slot = new Slot(this.slots.size(), new RestartDelay(this.settings.recovery(), this.random));
		this.slots.add(slot);
		this.snapshot = null;
		return slot;
	}

	/**
	 * Give up the highest slot.
	 * @return the slot, with whoever fills it
	 */
	Slot removeSlot() {
		this.snapshot = null;
		return this.slots.remove(this.slots.size() - 1);
	}

	void scaling(boolean scaling) {
		this.scaling = scaling;
	}

	boolean scaling() {
		return this.scaling;
	}

	List<Slot> slots() {
		return this.slots;
	}

	Slot slotOf(Child child) {
		return child.place;
	}

	Collection<Child> live() {
		return this.live.values();
	}

	/**
	 * Return whether a child that is not needed any more has not ended yet.
	 * @return whether there is one that will
	 */
	boolean draining() {
		return this.live.values().stream().anyMatch((child) -> child.planned && !child.lingers);
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
		if (slot.empty()) {
			slot.child = child;
		}
		else {
			slot.successor = child;
		}
		this.spawns++;
		changed(child);
	}

	void remove(Child child, ExitReason reason, long requests) {
		this.live.remove(child.launch);
		if (requests > 0 && child.slot() >= 0) {
			this.requests.merge(child.slot(), requests, Long::sum);
		}
		vacate(child);
		this.exits.merge(reason, 1L, Long::sum);
	}

	/**
	 * Take note of another state of a child, whoever has changed it.
	 * @param child the child
	 */
	void changed(Child child) {
		this.snapshot = null;
		Slot slot = slotOf(child);
		boolean current = slot.child == child;
		int readyBefore = this.ready.size();
		count(this.ready, child, current && child.ready());
		this.arrivals += (this.ready.size() > readyBefore) ? 1 : 0;
		count(this.booting, child, (current || slot.successor == child) && child.state == ChildState.BOOTING);
		acceptorChanged(child);
	}

	/**
	 * Return the ready child in the lowest slot.
	 * @return the child, {@code null} if none is ready
	 */
	@Nullable Child lowestReady() {
		return this.ready.isEmpty() ? null : this.ready.first();
	}

	/**
	 * Take note that another child leads.
	 */
	void leaderChanged() {
		this.snapshot = null;
	}

	/**
	 * Return how often a child has become ready.
	 * @return a number that differs from an earlier one if one has since
	 */
	long arrivals() {
		return this.arrivals;
	}

	/**
	 * Take note that what a child can accept on has changed, or whether it can.
	 * @param child the child
	 */
	void acceptorChanged(Child child) {
		// One that boots accepts on nothing
		this.acceptorChanges += (child.state != ChildState.BOOTING) ? 1 : 0;
	}

	/**
	 * Return how often a child that accepts, or did so, has changed.
	 * @return a number that differs from an earlier one if any has changed since
	 */
	long acceptorChanges() {
		return this.acceptorChanges;
	}

	private static void count(Set<Child> children, Child child, boolean counts) {
		if (counts) {
			children.add(child);
		}
		else {
			children.remove(child);
		}
	}

	/**
	 * Take a child out of its slot. Whoever boots beside it has the slot then.
	 * @param child the child
	 */
	void vacate(Child child) {
		Slot slot = slotOf(child);
		Child successor = slot.successor;
		if (successor == child) {
			slot.successor = null;
		}
		else if (slot.child == child) {
			slot.child = successor;
			slot.successor = null;
		}
		changed(child);
	}

	/**
	 * Give a child the slot that it was launched beside.
	 * @param successor the child
	 * @return whose place it has taken
	 */
	@Nullable Child promote(Child successor) {
		Slot slot = slotOf(successor);
		Child old = slot.child;
		slot.child = successor;
		slot.successor = null;
		changed(successor);
		if (old != null) {
			changed(old);
		}
		return old;
	}

	int generation() {
		return this.generation;
	}

	/**
	 * Return whether all children are being replaced.
	 * @return whether a rollout runs
	 */
	boolean rollingOut() {
		return this.rollingOut;
	}

	/**
	 * Begin a rollout.
	 * @param all whether all children are to be replaced
	 */
	void nextGeneration(boolean all) {
		this.generation++;
		this.rollingOut = all;
		this.snapshot = null;
	}

	void countRollout(Outcome outcome) {
		this.rollingOut = false;
		this.rollouts.merge(outcome, 1L, Long::sum);
		this.snapshot = null;
	}

	void countRecycle(Outcome outcome) {
		this.recycles.merge(outcome, 1L, Long::sum);
		this.snapshot = null;
	}

	void countRecovery() {
		this.recoveries++;
		this.snapshot = null;
	}

	void exceedRecovery(boolean exceeded) {
		this.recoveryExceeded = exceeded;
		this.snapshot = null;
	}

	boolean recoveryExceeded() {
		return this.recoveryExceeded;
	}

	int ready() {
		return this.ready.size();
	}

	int booting() {
		return this.booting.size();
	}

	List<ChildIdentity> identities() {
		return current().map((child) -> child.identity).toList();
	}

	/**
	 * Return the fleet as it is.
	 * @return the same object as long as nothing has changed
	 */
	Fleet snapshot() {
		Fleet current = (this.snapshot != null) ? this.snapshot : takeSnapshot();
		this.snapshot = current;
		return current;
	}

	private Fleet takeSnapshot() {
		List<Fleet.Member> members = this.live.values()
			.stream()
			.sorted(Comparator.comparing(Child::slot, Integer::compareUnsigned)
				.thenComparingLong((child) -> child.launch))
			.map((child) -> new Fleet.Member(child.identity, child.state, child.launchedNanos, child.stalled(),
					child.build, child.leader))
			.toList();
		return new Fleet(this.slots.size(), members, this.spawns, this.recoveries, this.exits, this.recoveryExceeded,
				this.generation, this.rollouts, this.recycles, this.requests);
	}

}
