package io.github.prefork.supervisor;

import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.MasterReady;

/**
 * Launches children into empty slots: slot 0 first and alone until it is ready, then at
 * most the boot parallelism at a time.
 */
final class Launches {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Outbox outbox;

	private boolean firstReady;

	private boolean masterReady;

	Launches(Ports ports, SupervisorSettings settings, Roster roster, Outbox outbox) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.outbox = outbox;
	}

	void fillAll(long now) {
		this.roster.slots().forEach((slot) -> slot.launchAt = now);
	}

	void cancelAll() {
		this.roster.slots().forEach((slot) -> slot.launchAt = Deadlines.NEVER);
	}

	void firstReady() {
		this.firstReady = true;
	}

	boolean hadReady() {
		return this.firstReady;
	}

	/**
	 * Launch one child if one is due and may boot now, or tell that each slot had its
	 * first launch.
	 * @param now the time
	 * @return whether there is an event to publish before the next one
	 * @throws ChildStartException if it could not be launched
	 */
	boolean launchNext(long now) {
		if (!this.masterReady && this.roster.slots().stream().allMatch((slot) -> slot.launchedBefore)) {
			this.masterReady = true;
			this.outbox.add(new MasterReady(this.roster.identities()));
			return true;
		}
		for (Slot slot : this.roster.slots()) {
			if (slot.empty() && slot.launchAt <= now && mayBoot(slot)) {
				launch(slot, now);
				return true;
			}
		}
		return false;
	}

	private boolean mayBoot(Slot slot) {
		return this.roster.booting() < this.settings.bootParallelism() && (this.firstReady || slot.index == 0);
	}

	private void launch(Slot slot, long now) {
		long launch = this.roster.nextLaunch();
		slot.launchAt = Deadlines.NEVER;
		long pid = this.ports.processes().launch(launch, slot.index, 0);
		slot.launchedBefore = true;
		ChildIdentity identity = new ChildIdentity(slot.index, 0, pid);
		this.roster.add(slot, new Child(launch, identity, now, this.ports.time().nanos()));
		this.outbox.add(new ChildSpawned(slot.index, 0, pid));
	}

	/**
	 * Kill children that take too long to boot or to leave, or have lost their channel.
	 * @param now the time
	 */
	void checkOverdue(long now) {
		for (Child child : this.roster.live()) {
			if (child.killedFor == null && now >= bootsUntil(child)) {
				child.killedFor = ExitReason.BOOT_TIMEOUT;
				this.ports.processes().kill(child.launch);
			}
			if (now >= child.killAt) {
				child.killAt = Deadlines.NEVER;
				if (child.killedFor == null && !child.leaving()) {
					child.killedFor = ExitReason.LOST_CHANNEL;
				}
				this.ports.processes().kill(child.launch);
			}
		}
	}

	private long bootsUntil(Child child) {
		boolean booting = child.state == ChildState.BOOTING && child.killedFor == null;
		return booting ? Deadlines.in(child.launchedAt, this.settings.bootTimeout()) : Deadlines.NEVER;
	}

	long nextDeadline() {
		long launch = this.roster.slots()
			.stream()
			.filter((slot) -> slot.empty() && mayBoot(slot))
			.mapToLong((slot) -> slot.launchAt)
			.min()
			.orElse(Deadlines.NEVER);
		long kill = this.roster.live()
			.stream()
			.mapToLong((child) -> Math.min(bootsUntil(child), child.killAt))
			.min()
			.orElse(Deadlines.NEVER);
		return Math.min(launch, kill);
	}

}
