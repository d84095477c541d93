package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;

import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;

/**
 * Ends children whose time is over: that take too long to boot or to leave, hang, or have
 * lost their channel. One that is stuck first says where.
 */
final class Endings {

	/** How long a child may take to write its stacks and to say where it is stuck. */
	private static final Duration EXAMINATION = Duration.ofSeconds(3);

	/** How long a child whose claim was refused may take to end by itself. */
	private static final Duration REFUSAL = Duration.ofSeconds(1);

	/** What the system may take to end a process that was killed. */
	private static final Duration DYING = Duration.ofSeconds(5);

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	/** When a child is to be ended; one that does not hold any more is dropped later. */
	private final Queue<Overdue> overdue = new PriorityQueue<>();

	Endings(Ports ports, SupervisorSettings settings, Roster roster) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
	}

	/**
	 * Watch a child from its launch on.
	 * @param child the child
	 */
	void launched(Child child) {
		watch(child, bootsUntil(child));
	}

	/**
	 * Kill a child unless it has ended until then.
	 * @param child the child
	 * @param time when; an earlier time that is set already stays
	 */
	void killAt(Child child, long time) {
		child.killAt = Math.min(child.killAt, time);
		watch(child, child.killAt);
	}

	/**
	 * End a child whose claim was refused, before it serves on its own.
	 * @param child the child
	 * @param now the time
	 */
	void refused(Child child, long now) {
		child.killedFor = ExitReason.BOOT_FAILED;
		killAt(child, Deadlines.in(now, REFUSAL));
	}

	/**
	 * End a child that still boots and is not wanted any more.
	 * @param child the child
	 * @param now the time
	 */
	void dismiss(Child child, long now) {
		child.planned = true;
		child.state = ChildState.LEAVING;
		this.roster.vacate(child);
		this.ports.processes().terminate(child.launch);
		killAt(child, Deadlines.in(now, this.settings.gracePeriod()));
	}

	/**
	 * Let a child that hangs say where, then ask it to end, and kill it after the grace
	 * period.
	 * @param child the child
	 * @param now the time
	 */
	void hung(Child child, long now) {
		child.killedFor = ExitReason.HUNG;
		examine(child);
		child.terminateAt = Deadlines.in(now, EXAMINATION);
		watch(child, child.terminateAt);
	}

	private void examine(Child child) {
		if (child.connected) {
			this.ports.messenger().examine(child.launch);
		}
	}

	/**
	 * A child has said where it is stuck; nothing keeps it from being ended any more.
	 * @param child the child
	 * @param now the time
	 */
	void examined(Child child, long now) {
		if (child.killedFor == ExitReason.BOOT_TIMEOUT) {
			killAt(child, now);
		}
		else if (child.terminateAt != Deadlines.NEVER) {
			child.terminateAt = now;
			watch(child, now);
		}
	}

	private void watch(Child child, long until) {
		if (until != Deadlines.NEVER) {
			this.overdue.add(new Overdue(until, child));
		}
	}

	/**
	 * End whoever is to be ended.
	 * @param now the time
	 */
	void check(long now) {
		while (nextDeadline() <= now) {
			end(this.overdue.remove().child(), now);
		}
	}

	private void end(Child child, long now) {
		if (now >= bootsUntil(child)) {
			child.killedFor = ExitReason.BOOT_TIMEOUT;
			examine(child);
			killAt(child, (child.connected) ? Deadlines.in(now, EXAMINATION) : now);
		}
		if (now >= child.terminateAt) {
			child.terminateAt = Deadlines.NEVER;
			this.ports.processes().terminate(child.launch);
			killAt(child, Deadlines.in(now, this.settings.gracePeriod()));
		}
		if (now >= child.killAt) {
			child.killAt = Deadlines.NEVER;
			if (child.killedFor == null && !child.leaving()) {
				child.killedFor = ExitReason.LOST_CHANNEL;
			}
			this.ports.processes().kill(child.launch);
			child.goneAt = Deadlines.in(now, DYING);
			watch(child, child.goneAt);
		}
		if (now >= child.goneAt) {
			child.goneAt = Deadlines.NEVER;
			child.lingers = true;
			this.ports.announcer()
				.log("Killed, but not seen to end: pid %d. Nothing waits for it any more"
					.formatted(child.identity.pid()));
		}
	}

	/**
	 * Return when the next child is to be ended.
	 * @return the time
	 */
	long nextDeadline() {
		Overdue next = this.overdue.peek();
		while (next != null && !holds(next)) {
			this.overdue.remove();
			next = this.overdue.peek();
		}
		return (next != null) ? next.at() : Deadlines.NEVER;
	}

	private boolean holds(Overdue overdue) {
		Child child = overdue.child();
		return this.roster.find(child.launch) == child && (overdue.at() == bootsUntil(child)
				|| overdue.at() == child.terminateAt || overdue.at() == child.killAt || overdue.at() == child.goneAt);
	}

	private long bootsUntil(Child child) {
		boolean booting = child.state == ChildState.BOOTING && child.killedFor == null;
		return booting ? Deadlines.in(child.bootsFrom, this.settings.bootTimeout()) : Deadlines.NEVER;
	}

	private record Overdue(long at, Child child) implements Comparable<Overdue> {

		@Override
		public int compareTo(Overdue other) {
			int byTime = Long.compare(this.at, other.at);
			return (byTime != 0) ? byTime : Long.compare(this.child.launch, other.child.launch);
		}

	}

}
