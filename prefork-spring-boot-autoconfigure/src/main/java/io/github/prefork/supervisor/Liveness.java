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

	Liveness(SupervisorSettings settings, Roster roster, Outbox outbox) {
		this.settings = settings;
		this.roster = roster;
		this.outbox = outbox;
	}

	void heard(Child child, long now) {
		long gap = now - child.heardAt;
		child.heardAt = now;
		if (child.stalled) {
			child.stalled = false;
			child.responsiveSince = now;
			this.outbox.add(new ChildResumed(child.slot(), child.identity.generation(), child.identity.pid(),
					Duration.ofNanos(gap)));
		}
	}

	void forgive(long now) {
		this.roster.live().stream().filter((child) -> !child.stalled).forEach((child) -> child.heardAt = now);
	}

	void check(long now) {
		this.roster.live().stream().filter((child) -> now >= stallsAt(child)).toList().forEach((child) -> {
			child.stalled = true;
			this.outbox.add(new ChildStalled(child.slot(), child.identity.generation(), child.identity.pid(),
					Duration.ofNanos(now - child.heardAt)));
		});
	}

	private long stallsAt(Child child) {
		boolean watched = child.connected && !child.stalled && child.state != ChildState.BOOTING && !child.leaving();
		return watched ? Deadlines.in(child.heardAt, this.settings.stallTimeout()) : Deadlines.NEVER;
	}

	long nextDeadline() {
		return this.roster.live().stream().mapToLong(this::stallsAt).min().orElse(Deadlines.NEVER);
	}

}
