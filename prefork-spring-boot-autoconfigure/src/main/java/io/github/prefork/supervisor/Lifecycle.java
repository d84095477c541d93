package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildStartException;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * The transitions in the life of a child.
 */
final class Lifecycle {

	private static final Duration LOST_CHANNEL_TOLERANCE = Duration.ofSeconds(5);

	private final Ports ports;

	private final Roster roster;

	private final Endings endings;

	private final Losses losses;

	private final Rollouts rollouts;

	private final Outbox outbox;

	private final Leavers leavers;

	private final Scaling scaling;

	Lifecycle(Ports ports, Roster roster, Endings endings, Losses losses, Rollouts rollouts, Scaling scaling,
			Leavers leavers, Outbox outbox) {
		this.ports = ports;
		this.roster = roster;
		this.endings = endings;
		this.losses = losses;
		this.rollouts = rollouts;
		this.scaling = scaling;
		this.leavers = leavers;
		this.outbox = outbox;
	}

	void disconnected(Child child, long now) {
		child.connected = false;
		if (!child.leaving() && !child.planned) {
			this.endings.killAt(child, Deadlines.in(now, LOST_CHANNEL_TOLERANCE));
		}
	}

	void readiness(Child child, boolean accepting, long now) {
		if (child.leaving() || child.killedFor != null) {
			return;
		}
		if (child.planned && !child.served) {
			// It was asked to end while it booted: it replaces nobody any more
			return;
		}
		if (!accepting) {
			boolean accepted = child.state == ChildState.READY || child.state == ChildState.STANDBY;
			child.state = accepted ? ChildState.REFUSING : child.state;
			return;
		}
		boolean first = !child.served;
		child.state = (child.place.ofStandby()) ? ChildState.STANDBY : ChildState.READY;
		child.readyAt = child.served ? child.readyAt : now;
		child.served = true;
		child.heardAt = now;
		child.responsiveSince = now;
		if (first) {
			child.bootTime = uptime(child);
			firstReady(child, now);
		}
	}

	private void firstReady(Child child, long now) {
		this.losses.firstReady();
		Slot slot = this.roster.slotOf(child);
		if (slot.successor == child) {
			retire(this.roster.promote(child), now);
		}
		if (slot.ofStandby()) {
			slot.recovering = false;
		}
		else {
			arrived(child);
		}
	}

	/**
	 * A child that is ready has a slot.
	 * @param child the child
	 */
	void arrived(Child child) {
		Slot slot = child.place;
		long pid = child.identity.pid();
		int generation = child.identity.generation();
		slot.added = false;
		slot.last = child;
		this.outbox.add(new ChildReady(slot.index, generation, pid, child.bootTime));
		if (slot.recovering && slot.predecessorPid != null) {
			slot.recovering = false;
			this.roster.countRecovery();
			this.outbox.add(new ChildRecovered(slot.index, generation, slot.predecessorPid, pid));
		}
		slot.predecessorPid = pid;
	}

	private void retire(@Nullable Child old, long now) {
		if (old != null) {
			this.leavers.retire(old, now);
		}
	}

	void leaving(Child child, boolean stopping, long now) {
		// One that has served is replaced at once, any other when it has ended
		boolean served = child.served && !child.leaving();
		this.leavers.leaving(child, now);
		if (served && !child.planned && !stopping) {
			this.roster.vacate(child);
			this.losses.lost(this.roster.slotOf(child), Duration.ofNanos(child.servedNanos(now)),
					ChildReport.of(child, null, "left", now), now);
		}
	}

	/**
	 * A child that has served hangs: it is replaced at once, and ended.
	 * @param child the child
	 * @param now the time
	 */
	void hung(Child child, long now) {
		ChildStartException failure = ChildReport.of(child, null,
				"hangs (" + ChildReport.hang(child, this.ports.processes().look(child.launch), now) + ")", now);
		this.ports.announcer().log(failure.getMessage() + ". It is asked for its threads, then ended");
		this.endings.hung(child, now);
		this.leavers.add(child);
		this.roster.vacate(child);
		this.losses.lost(this.roster.slotOf(child), Duration.ofNanos(child.servedNanos(now)), failure, now);
	}

	void exited(Child child, Input.Exited exit, boolean stopping, long now) {
		int exitCode = exit.exitCode();
		Slot slot = this.roster.slotOf(child);
		boolean filled = slot.child == child;
		boolean beside = slot.successor == child;
		ExitReason reason = ExitClassifier.classify(child, exitCode, exit.evidence());
		this.roster.remove(child, reason, this.ports.processes().requests(child.launch));
		this.leavers.gone(child);
		this.ports.messenger().forget(child.launch);
		if (slot.predecessorPid == null) {
			slot.predecessorPid = child.identity.pid();
		}
		this.outbox.add(new ChildExited(child.slot(), child.identity.generation(), child.identity.pid(), exitCode,
				uptime(child), child.planned, reason, exit.evidence().crashReport()));
		boolean discarded = !child.planned && !stopping && (filled || beside) && isDiscarded(child, exitCode, reason);
		this.ports.processes().forget(child.launch);
		if (discarded) {
			this.losses.launchAgain(slot, beside, now);
		}
		if (discarded || child.planned || stopping) {
			return;
		}
		ChildStartException report = ChildReport.of(child, exitCode,
				"ended with " + ExitClassifier.describe(exitCode) + ", reason " + reason, now);
		if (filled && !this.scaling.failed(slot, String.valueOf(report.getMessage()), now)) {
			this.losses.lost(slot, Duration.ofNanos(child.servedNanos(now)), report, now);
		}
		if (!child.served) {
			this.rollouts.failed(slot, child.identity.generation(), String.valueOf(report.getMessage()), now);
		}
	}

	private boolean isDiscarded(Child child, int exitCode, ExitReason reason) {
		return !child.served && !this.roster.recoveryExceeded()
				&& !ExitClassifier.isFromOutside(child, exitCode, reason)
				&& this.ports.processes().discard(child.launch);
	}

	// As clocks show it, also where the supervisor was held up meanwhile
	private Duration uptime(Child child) {
		return Duration.ofNanos(this.ports.time().nanos() - child.launchedNanos);
	}

}
