package io.github.prefork.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * Who leads the fleet: the ready child in the lowest slot. One that leads is told that it
 * does so no longer before the next one is told that it does, unless its channel has
 * ended.
 */
final class Leadership {

	private final Ports ports;

	private final Roster roster;

	private final int standby;

	private @Nullable Child leader;

	/** Whether a child was asked what each child does. */
	private boolean surveyed;

	Leadership(Ports ports, Roster roster, int standby) {
		this.ports = ports;
		this.roster = roster;
		this.standby = standby;
	}

	/**
	 * Tell the children if another one leads now.
	 */
	void update() {
		Child next = this.roster.lowestReady();
		if (next != this.leader) {
			tell(this.leader, false);
			tell(next, true);
			this.leader = next;
		}
		// A standby runs the application too
		int children = this.roster.slots().size() + this.standby;
		if (next != null && !this.surveyed && children > 1) {
			// Once in the life of the fleet, but not of a fleet of one, which may grow
			this.surveyed = true;
			this.ports.messenger().survey(next.launch, children);
		}
	}

	private void tell(@Nullable Child child, boolean leads) {
		if (child != null) {
			this.ports.messenger().lead(child.launch, leads);
			child.leader = leads;
			this.roster.leaderChanged();
		}
	}

}
