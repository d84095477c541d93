package io.github.prefork.supervisor;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.github.prefork.Build;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.MasterReady;
import org.jspecify.annotations.Nullable;

/**
 * Launches children into empty slots: slot 0 first and alone until it is ready, then at
 * most the boot parallelism at a time.
 */
final class Launches {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Outbox outbox;

	private final Endings endings;

	private final Builds builds;

	/**
	 * The slots that a child is to be launched into, by index; standbys come last.
	 */
	private final SortedMap<Integer, Slot> wanted = new TreeMap<>(Integer::compareUnsigned);

	/** The slot that was last tried to launch into. */
	private @Nullable Slot launching;

	private int slotsFilled;

	private boolean firstReady;

	private boolean masterReady;

	Launches(Ports ports, SupervisorSettings settings, Roster roster, Endings endings, Outbox outbox) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.endings = endings;
		this.outbox = outbox;
		this.builds = new Builds(ports.announcer(), roster);
	}

	/**
	 * Launch a child into each slot.
	 * @param now the time
	 */
	void fillAll(long now) {
		this.roster.slots().forEach((slot) -> launchAt(slot, now));
	}

	/**
	 * Launch a child beside the one that fills a slot.
	 * @param slot the slot
	 * @param time when
	 */
	void besideAt(Slot slot, long time) {
		slot.beside = true;
		launchAt(slot, time);
	}

	/**
	 * Forget about {@link #besideAt}.
	 * @param slot the slot
	 */
	void notBeside(Slot slot) {
		if (slot.beside && !slot.empty()) {
			slot.launchAt = Deadlines.NEVER;
			this.wanted.remove(slot.index);
		}
		slot.beside = false;
	}

	/**
	 * Launch nobody into a slot that is given up, or filled in another way.
	 * @param slot the slot
	 */
	void cancel(Slot slot) {
		slot.beside = false;
		slot.launchAt = Deadlines.NEVER;
		this.wanted.remove(slot.index, slot);
	}

	/**
	 * A slot has a child, launched into it or given to it.
	 * @param slot the slot
	 */
	void filled(Slot slot) {
		this.slotsFilled += (slot.launchedBefore || slot.ofStandby()) ? 0 : 1;
		slot.launchedBefore = true;
	}

	void launchAt(Slot slot, long time) {
		slot.launchAt = time;
		this.wanted.put(slot.index, slot);
	}

	void cancelAll() {
		this.wanted.values().forEach((slot) -> {
			slot.launchAt = Deadlines.NEVER;
			slot.beside = false;
		});
		this.wanted.clear();
	}

	void firstReady() {
		this.firstReady = true;
	}

	boolean hadReady() {
		return this.firstReady;
	}

	// Whether each slot of the first start had its launch
	boolean allLaunched() {
		return this.masterReady;
	}

	/**
	 * Launch one child if one is due and may boot now, or tell that each slot had its
	 * first launch.
	 * @param now the time
	 * @return whether there is an event to publish before the next one
	 * @throws ChildStartException if it could not be launched
	 */
	boolean launchNext(long now) {
		if (!this.masterReady && this.slotsFilled == this.settings.children()) {
			this.masterReady = true;
			this.outbox.add(new MasterReady(this.roster.identities()));
			return true;
		}
		for (Slot slot : mayBoot()) {
			if (mayFill(slot) && slot.launchAt <= now) {
				launch(slot, now);
				return true;
			}
		}
		return false;
	}

	private Collection<Slot> mayBoot() {
		if (this.roster.booting() >= this.settings.bootParallelism()) {
			return List.of();
		}
		return this.firstReady ? this.wanted.values() : this.wanted.headMap(1).values();
	}

	private boolean mayFill(Slot slot) {
		return slot.open() && !(slot.added && isFull());
	}

	// Children of slots that were given up may take their time to leave
	private boolean isFull() {
		long children = this.roster.live().stream().filter((child) -> !child.place.ofStandby()).count();
		return children >= this.settings.maxChildren();
	}

	private void launch(Slot slot, long now) {
		long launch = this.roster.nextLaunch();
		int generation = this.roster.generation();
		slot.launchAt = Deadlines.NEVER;
		slot.beside = false;
		this.wanted.remove(slot.index);
		this.launching = slot;
		// Before the process is there: afterwards the file could be another one already
		Build build = this.ports.processes().next();
		this.builds.launching(slot, build);
		long pid = this.ports.processes().launch(launch, slot.number(), generation);
		filled(slot);
		ChildIdentity identity = new ChildIdentity(slot.number(), generation, pid);
		long headStart = this.ports.processes().headStart(launch);
		Child child = new Child(launch, slot, identity, now - headStart, this.ports.time().nanos() - headStart);
		child.bootsFrom = this.ports.processes().hadToWait(launch) ? now : now - headStart;
		child.build = build;
		this.roster.add(slot, child);
		this.endings.launched(child);
		this.outbox.add(new ChildSpawned(slot.number(), generation, pid));
	}

	@Nullable Slot launching() {
		return this.launching;
	}

	long nextDeadline() {
		return mayBoot().stream()
			.filter(this::mayFill)
			.mapToLong((slot) -> slot.launchAt)
			.min()
			.orElse(Deadlines.NEVER);
	}

}
