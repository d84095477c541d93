package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.prefork.ChildResumed;
import io.github.prefork.ChildStalled;
import io.github.prefork.ChildState;
import io.github.prefork.StallReason;

/**
 * Tells stalled children from responsive ones, and those that hang. A turn that comes
 * much too late, because the master itself was stopped, makes no child stalled.
 */
final class Liveness {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Outbox outbox;

	private final BiConsumer<Child, Long> hung;

	/**
	 * No child stalls or hangs before; found anew in one pass over all when it has come.
	 */
	private long checkAt = Deadlines.NEVER;

	/**
	 * Create the watch over no children.
	 * @param ports tell about a process that is late
	 * @param settings the settings
	 * @param roster the children
	 * @param outbox takes the events
	 * @param hung is called with a child that hangs, and the time
	 */
	Liveness(Ports ports, SupervisorSettings settings, Roster roster, Outbox outbox, BiConsumer<Child, Long> hung) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.outbox = outbox;
		this.hung = hung;
	}

	/**
	 * A child has said something.
	 * @param child the child
	 * @param now the time
	 */
	void heard(Child child, long now) {
		heardAt(child, now);
		if (child.stall != null && child.stall.reason() != StallReason.EVENT_LOOP_BLOCKED) {
			resume(child, child.stall, now);
		}
	}

	/**
	 * A child has sent a heartbeat.
	 * @param child the child
	 * @param blocked for how long its slowest event loop has not answered, in nanoseconds
	 * @param now the time
	 */
	void heartbeat(Child child, long blocked, long now) {
		heardAt(child, now);
		if (blocked < this.settings.stallTimeout().toNanos()) {
			if (child.stall != null) {
				resume(child, child.stall, now);
			}
			return;
		}
		if (child.stall == null && watched(child)) {
			stall(child, StallReason.EVENT_LOOP_BLOCKED, now - blocked, now, look(child));
		}
		if (mayHang(child) && blocked >= this.settings.heartbeatTimeout().toNanos()) {
			this.hung.accept(child, now);
		}
	}

	private void heardAt(Child child, long now) {
		child.heardAt = now;
		this.checkAt = Math.min(this.checkAt, Deadlines.in(now, this.settings.stallTimeout()));
	}

	private void resume(Child child, Stall stall, long now) {
		child.stall = null;
		child.responsiveSince = now;
		this.roster.changed(child);
		if (!watched(child)) {
			// It leaves, or has been given up
			return;
		}
		this.outbox.add(new ChildResumed(child.slot(), child.identity.generation(), child.identity.pid(),
				stall.reason(), Duration.ofNanos(now - stall.since()), stall.usedUntil(look(child).cpuTime())));
	}

	void forgive(long now) {
		this.roster.live().stream().filter((child) -> !child.stalled()).forEach((child) -> child.heardAt = now);
	}

	void check(long now) {
		if (now < this.checkAt) {
			return;
		}
		this.checkAt = Deadlines.NEVER;
		for (Child child : List.copyOf(this.roster.live())) {
			if (now >= stallsAt(child)) {
				ProcessLook look = look(child);
				stall(child, (look.stopped()) ? StallReason.PROCESS_STOPPED : StallReason.NO_HEARTBEAT, child.heardAt,
						now, look);
			}
			if (now >= hangsAt(child)) {
				hangs(child, now);
			}
			this.checkAt = Math.min(this.checkAt, Math.min(stallsAt(child), hangsAt(child)));
		}
	}

	private void stall(Child child, StallReason reason, long since, long now, ProcessLook look) {
		child.stall = new Stall(reason, since, look.cpuTime());
		this.roster.changed(child);
		this.outbox.add(new ChildStalled(child.slot(), child.identity.generation(), child.identity.pid(), reason,
				Duration.ofNanos(now - since)));
	}

	private void hangs(Child child, long now) {
		if (look(child).traced()) {
			// Whoever looks into it may stop it again
			child.debugged = true;
		}
		else {
			this.hung.accept(child, now);
		}
	}

	private ProcessLook look(Child child) {
		return this.ports.processes().look(child.launch);
	}

	private long stallsAt(Child child) {
		return (watched(child) && !child.stalled()) ? Deadlines.in(child.heardAt, this.settings.stallTimeout())
				: Deadlines.NEVER;
	}

	private long hangsAt(Child child) {
		return (mayHang(child)) ? Deadlines.in(child.heardAt, this.settings.heartbeatTimeout()) : Deadlines.NEVER;
	}

	private boolean mayHang(Child child) {
		return watched(child) && child.killedFor == null && !child.debugged
				&& !this.settings.heartbeatTimeout().isZero();
	}

	private static boolean watched(Child child) {
		return child.connected && child.state != ChildState.BOOTING && !child.leaving() && !child.planned;
	}

	long nextDeadline() {
		return this.checkAt;
	}

}
