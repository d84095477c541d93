package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStalled;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import io.github.prefork.FleetReady;
import io.github.prefork.MasterReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.StallReason;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What has to hold of launches, of the events and of the numbers, whatever happens.
 */
final class LifeInvariants {

	private final Simulation world;

	private final SupervisorSettings settings;

	private final Map<Long, Integer> spawned = new HashMap<>();

	private final Set<Long> ready = new HashSet<>();

	private final Set<Long> exited = new HashSet<>();

	private final Set<Long> stoppedWith = new HashSet<>();

	/** Those whose exit came together with the stop. */
	private final Set<Long> undecided = new HashSet<>();

	/** Launches that were made in a special way and given up. */
	private final Set<Long> discarded = new HashSet<>();

	/** Launches that nothing more is asked about. */
	private final Set<Long> forgotten = new HashSet<>();

	private int recovered;

	private int masterReady;

	private int fleetReady;

	private int exceeded;

	private @Nullable Fleet checkedFleet;

	private int checkedEvents;

	LifeInvariants(Simulation world) {
		this.world = world;
		this.settings = world.settings;
	}

	void beforeLaunch(int slot, int generation) {
		Told told = this.world.told;
		assertThat(told.stop || this.world.masterClosed).as("a launch after the stop").isFalse();
		assertThat(this.world.losses.gaveUp()).as("a launch after too many losses").isFalse();
		// Those that end at this moment may be replaced before the event is out
		long staying = this.world.children.values()
			.stream()
			.filter((child) -> !told.exited.contains(child.launch) && !told.retired.contains(child.launch))
			.filter((child) -> !(told.left.contains(child.launch) && told.served.contains(child.launch)))
			.filter((child) -> child.slot < 0 == slot < 0)
			.peek((child) -> assertThat(slot >= 0 && child.slot == slot && child.generation == generation)
				.as("a child of this generation in the slot already")
				.isFalse())
			.count();
		if (slot < 0) {
			beforeStandby(staying);
			return;
		}
		int surge = (this.world.invariants.rollsOut()) ? 1 : 0;
		assertThat(staying).as("children that stay").isLessThan(this.world.scale.slots() + surge);
		if (told.served.isEmpty()) {
			assertThat(this.world.children).as("launches before the first child is ready")
				.hasSameSizeAs(this.discarded);
			assertThat(slot).as("the first slot").isZero();
		}
	}

	void discards(SimulatedChild child) {
		assertThat(child.alive).as("a launch that is given up lives").isFalse();
		assertThat(this.world.told.served).as("a launch that is given up has served").doesNotContain(child.launch);
		assertThat(this.world.masterClosed).as("a launch is given up after the stop").isFalse();
		assertThat(this.forgotten).as("a launch that is given up is known").doesNotContain(child.launch);
		Told told = this.world.told;
		boolean condemned = told.condemned.contains(child.launch);
		assertThat(child.killed && !condemned).as("a launch is given up for a child that was killed from outside")
			.isFalse();
		assertThat(child.outOfMemory && !condemned && !told.left.contains(child.launch))
			.as("a launch is given up for a child that had no memory")
			.isFalse();
		if (this.world.specialLaunches.contains(child.launch)) {
			assertThat(this.discarded.add(child.launch)).as("given up once").isTrue();
		}
	}

	void forgets(SimulatedChild child) {
		assertThat(child.alive).as("a launch that is forgotten lives").isFalse();
		assertThat(this.forgotten.add(child.launch)).as("forgotten once").isTrue();
	}

	private void beforeStandby(long staying) {
		int surge = (this.world.invariants.rollsOut()) ? 1 : 0;
		assertThat(staying).as("standbys that stay").isLessThan(this.settings.standby() + surge);
	}

	/** A standby is given a slot. */
	void assigns(long launch, int slot) {
		this.spawned.put(Simulation.pid(launch), slot);
	}

	void afterTurn() {
		Fleet fleet = this.world.supervisor.fleet();
		if (fleet != this.checkedFleet || this.world.events.size() != this.checkedEvents) {
			this.checkedFleet = fleet;
			this.checkedEvents = this.world.events.size();
			checkCounts(fleet);
		}
		if (!this.world.supervisor.isTerminated()) {
			long latest = this.world.clock.nanos() + this.settings.stallTimeout().toNanos();
			if (this.world.supervisor.nextDeadline() >= latest) {
				fail("The next turn has to come, whatever happens");
			}
		}
		if (this.world.losses.end() != null) {
			assertThat(this.world.masterClosed).as("the fleet stops for %s", this.world.losses.end()).isTrue();
		}
		if (this.world.hookFailed) {
			assertThat(this.world.masterClosed).as("the fleet stops for a failed hook").isTrue();
		}
		readiness(fleet);
	}

	private void checkCounts(Fleet fleet) {
		assertThat(fleet.count(ChildState.BOOTING)).as("children that boot at a time")
			.isLessThanOrEqualTo(this.settings.bootParallelism());
		if (!this.world.told.attached) {
			return;
		}
		assertThat(fleet.spawns()).as("spawns").isEqualTo(this.spawned.size());
		if (this.world.hookFailed) {
			// Some may not have been published any more
			assertThat(fleet.recoveries()).as("recoveries").isGreaterThanOrEqualTo(this.recovered);
		}
		else {
			assertThat(fleet.recoveries()).as("recoveries").isEqualTo(this.recovered);
		}
		assertThat(fleet.exits().values().stream().mapToLong(Long::longValue).sum()).as("exits")
			.isEqualTo(this.exited.size());
	}

	private void readiness(Fleet fleet) {
		if (this.world.started) {
			long accepting = fleet.children()
				.stream()
				.filter((member) -> member.state() == ChildState.READY
						&& this.world.told.connected.contains(Simulation.launch(member.identity().pid())))
				.count();
			boolean expected = !this.world.masterClosed && accepting >= this.settings.minReady();
			if (this.world.accepting != expected) {
				fail("The readiness of the master has to be %s", expected);
			}
		}
	}

	/** The stop has begun. */
	void stopBegins() {
		this.stoppedWith.addAll(this.world.children.keySet());
		this.stoppedWith.removeAll(this.world.told.exited);
		this.stoppedWith.removeAll(this.world.told.left);
		this.stoppedWith.removeAll(this.world.told.killed);
		this.undecided.addAll(this.world.told.exitedNow);
		this.undecided.addAll(this.world.told.leftNow);
	}

	void published(PreforkEvent event) {
		if (event instanceof ChildSpawned child) {
			assertThat(this.spawned.put(child.pid(), child.slot())).as("spawned once").isNull();
		}
		else if (event instanceof ChildReady child) {
			assertThat(this.spawned).as("spawned before ready").containsEntry(child.pid(), child.slot());
			assertThat(this.ready.add(child.pid())).as("ready once").isTrue();
		}
		else if (event instanceof ChildRecovered child) {
			recovered(child);
		}
		else if (event instanceof ChildStalled child) {
			SimulatedChild stalled = this.world.children.get(Simulation.launch(child.pid()));
			boolean hindered = (child.reason() == StallReason.EVENT_LOOP_BLOCKED) ? stalled.everBlocked
					: stalled.everStopped;
			assertThat(hindered || !stalled.alive).as("a child that is called stalled was stopped or blocked").isTrue();
		}
		else if (event instanceof MasterReady) {
			assertThat(++this.masterReady).as("master ready once").isEqualTo(1);
			assertThat(this.spawned.values()).as("all slots").contains(slots());
		}
		else if (event instanceof FleetReady fleet) {
			assertThat(++this.fleetReady).as("fleet ready once").isEqualTo(1);
			assertThat(fleet.children()).hasSize(this.world.supervisor.fleet().desired());
			assertThat(this.ready).hasSizeGreaterThanOrEqualTo(fleet.children().size());
			assertThat(this.masterReady).as("master ready before fleet ready").isEqualTo(1);
		}
		else if (event instanceof ChildExited child) {
			exited(child);
		}
		else if (event instanceof RecoveryExceeded) {
			assertThat(this.world.losses.mayBeExceeded()).as("threshold exceeded when it is said so").isTrue();
			this.world.losses.saidExceeded();
			assertThat(++this.exceeded).as("threshold exceeded once").isEqualTo(1);
		}
	}

	/** A child is taken for one that hangs. */
	void hung(SimulatedChild child) {
		long timeout = this.settings.heartbeatTimeout().toNanos();
		assertThat(timeout).as("the timeout of a child that hangs").isPositive();
		assertThat(this.world.schedule.debugged(child.launch)).as("a debugger may stop a child that hangs").isFalse();
		assertThat(Math.max(child.longestSilence, this.world.clock.nanos() - child.lastBeat) >= timeout
				|| child.longestBlock >= timeout)
			.as("a child that hangs was silent or blocked for the timeout")
			.isTrue();
	}

	/** Nobody hangs for long. */
	void afterStep() {
		long timeout = this.settings.heartbeatTimeout().toNanos();
		if (timeout == 0) {
			return;
		}
		long latest = timeout + this.world.pausedInAll + 2 * this.settings.stallTimeout().toNanos();
		Told told = this.world.told;
		for (SimulatedChild child : this.world.children.values()) {
			boolean late = child.alive && !this.world.schedule.debugged(child.launch)
					&& (this.world.clock.nanos() - child.lastBeat > latest || child.loopBlockedFor > latest);
			if (late && child.connected && told.served.contains(child.launch) && !told.left.contains(child.launch)) {
				fail("The child in slot %s hangs, and nobody cares", child.slot);
			}
		}
	}

	void countLossesAnew() {
		this.exceeded = 0;
	}

	private Integer[] slots() {
		Integer[] slots = new Integer[this.settings.children()];
		for (int i = 0; i < slots.length; i++) {
			slots[i] = i;
		}
		return slots;
	}

	private void recovered(ChildRecovered child) {
		this.recovered++;
		assertThat(this.ready).as("ready before recovered").contains(child.newPid());
		assertThat(this.spawned).as("the same slot")
			.containsEntry(child.newPid(), child.slot())
			.containsEntry(child.oldPid(), child.slot());
		assertThat(this.exited.contains(child.oldPid())
				|| this.world.told.left.contains(Simulation.launch(child.oldPid())))
			.as("the old child is gone or leaves")
			.isTrue();
		assertThat(child.newPid()).isNotEqualTo(child.oldPid());
	}

	private void exited(ChildExited child) {
		assertThat(this.spawned).as("spawned before exited").containsEntry(child.pid(), child.slot());
		assertThat(this.exited.add(child.pid())).as("exited once").isTrue();
		SimulatedChild ended = this.world.children.get(Simulation.launch(child.pid()));
		assertThat(ended.alive).as("whoever is said to have exited is alive").isFalse();
		if (!this.undecided.contains(ended.launch)) {
			assertThat(child.planned()).as("planned: an exit after the stop, and no other")
				.isEqualTo(this.stoppedWith.contains(ended.launch) || this.world.told.retired.contains(ended.launch));
		}
		outOfMemory(child, ended);
		if (child.reason() == ExitReason.HUNG) {
			assertThat(this.world.told.hung).as("a child that hung was asked for its threads").contains(ended.launch);
		}
		if (child.reason() == ExitReason.BOOT_TIMEOUT) {
			assertThat(ended.boot.hangs() || ended.everStopped || ended.lostChannel)
				.as("a child that boots too long hangs")
				.isTrue();
		}
		assertThat(child.uptime()).isGreaterThanOrEqualTo(Duration.ZERO);
	}

	private void outOfMemory(ChildExited child, SimulatedChild ended) {
		Told told = this.world.told;
		if (child.reason() == ExitReason.OUT_OF_MEMORY) {
			assertThat(ended.outOfMemory).as("a child that is said to be out of memory is").isTrue();
		}
		else if (ended.outOfMemory && !child.planned()) {
			// One that leaves may end before it is heard what it ended for
			assertThat(told.left.contains(ended.launch) || told.killed.contains(ended.launch))
				.as("another reason than that memory ran out: %s", child.reason())
				.isTrue();
		}
	}

	void afterStop() {
		assertThat(this.forgotten).as("launches that are forgotten").isEqualTo(this.world.children.keySet());
		if (!this.world.told.attached) {
			assertThat(this.world.events).as("events before the application is there").isEmpty();
			return;
		}
		assertThat(this.world.events.stream().filter(ChildExited.class::isInstance)).as("an end for each launch")
			.hasSize(this.world.children.size());
	}

}
