package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildResumed;
import io.github.prefork.ChildStalled;
import io.github.prefork.ChildState;

/**
 * Tells stalled children from responsive ones. A turn that comes much too late, because
 * the master itself was stopped, makes no child stalled.
 */
final class Liveness {

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Outbox outbox;

	/** No child stalls before; it is found anew in one pass over all when it has come. */
	private long checkAt = Deadlines.NEVER;

	Liveness(SupervisorSettings settings, Roster roster, Outbox outbox) {
		this.settings = settings;
		this.roster = roster;
		this.outbox = outbox;
	}

	void heard(Child child, long now) {
		long gap = now - child.heardAt;
		child.heardAt = now;
		this.checkAt = Math.min(this.checkAt, Deadlines.in(now, this.settings.stallTimeout()));
		if (child.stalled) {
			child.stalled = false;
			child.responsiveSince = now;
			this.roster.changed(child);
			this.outbox.add(new ChildResumed(child.slot(), child.identity.generation(), child.identity.pid(),
					Duration.ofNanos(gap)));
		}
	}

	void forgive(long now) {
		this.roster.live().stream().filter((child) -> !child.stalled).forEach((child) -> child.heardAt = now);
	}

	void check(long now) {
		if (now < this.checkAt) {
			return;
		}
		this.checkAt = Deadlines.NEVER;
		for (Child child : this.roster.live()) {
			if (now >= stallsAt(child)) {
				stall(child, now);
			}
			this.checkAt = Math.min(this.checkAt, stallsAt(child));
		}
	}

	private void stall(Child child, long now) {
		child.stalled = true;
		this.roster.changed(child);
		this.outbox.add(new ChildStalled(child.slot(), child.identity.generation(), child.identity.pid(),
				Duration.ofNanos(now - child.heardAt)));
	}

	private long stallsAt(Child child) {
		boolean watched = child.connected && !child.stalled && child.state != ChildState.BOOTING && !child.leaving();
		return watched ? Deadlines.in(child.heardAt, this.settings.stallTimeout()) : Deadlines.NEVER;
	}

	long nextDeadline() {
		return this.checkAt;
	}

}
