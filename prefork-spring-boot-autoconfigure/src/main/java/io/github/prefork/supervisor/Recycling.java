package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutResult;
import io.github.prefork.supervisor.SupervisorSettings.Recycle;
import io.github.prefork.supervisor.Use.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Has a child that has reached a limit replaced by a rollout of its slot, one at a time
 * and only while every slot has a ready child. It looks seldom: a limit is no promise to
 * the byte.
 */
final class Recycling {

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Duration LOOK_AT_MEMORY = Duration.ofSeconds(5);

	private static final Duration SOON = Duration.ofMinutes(1);

	private final Ports ports;

	private final Recycle settings;

	private final Roster roster;

	private final Rollouts rollouts;

	private final RecyclePause pause = new RecyclePause();

	private long dueAt;

	private long memoryAt;

	private long pausedUntil;

	private long arrivals = -1;

	private boolean warned;

	Recycling(Ports ports, SupervisorSettings settings, Roster roster, Rollouts rollouts) {
		this.ports = ports;
		this.settings = settings.recycle();
		this.roster = roster;
		this.rollouts = rollouts;
		this.dueAt = this.settings.isOff() ? Deadlines.NEVER : Long.MIN_VALUE;
		this.memoryAt = Long.MIN_VALUE;
		this.pausedUntil = Long.MIN_VALUE;
	}

	/**
	 * Begin to replace a child if one has reached a limit and all others are ready.
	 * @param now the time
	 */
	void step(long now) {
		if (this.settings.isOff() || now < this.dueAt && this.arrivals == this.roster.arrivals()) {
			return;
		}
		this.arrivals = this.roster.arrivals();
		if (now >= this.pausedUntil && mayBegin() && isWhole()) {
			recycleMostUsed(now);
		}
		this.dueAt = Math.max(this.pausedUntil, nextLook(now));
	}

	private boolean mayBegin() {
		return !this.rollouts.isRunning() && !this.roster.scaling() && !this.roster.recoveryExceeded();
	}

	private boolean isWhole() {
		for (Slot slot : this.roster.slots()) {
			if (slot.child == null || !slot.child.ready() || slot.successor != null) {
				return false;
			}
		}
		return true;
	}

	// Not the first one: where limits are reached quickly, the others would never be
	// replaced
	private void recycleMostUsed(long now) {
		Child mostUsed = null;
		Use most = null;
		boolean lookAtMemory = now >= this.memoryAt;
		for (Slot slot : this.roster.slots()) {
			Child child = slot.child;
			Use use = (child != null) ? use(child, lookAtMemory, now) : null;
			if (use != null && (most == null || use.share() > most.share())) {
				mostUsed = child;
				most = use;
			}
		}
		if (lookAtMemory) {
			this.memoryAt = Deadlines.in(now, LOOK_AT_MEMORY);
		}
		if (mostUsed != null && most != null && most.isReached()) {
			warn(mostUsed, most, now);
			this.rollouts.recycle(mostUsed, most.text(), this::ended, now);
		}
	}

	private void warn(Child child, Use use, long now) {
		if (use.kind() == Kind.MEMORY && !this.warned && child.servedNanos(now) < SOON.toNanos()) {
			this.warned = true;
			this.ports.announcer()
				.log("The child in slot %d reaches its limit of memory soon after it was ready; 'prefork.recycle.max-memory' may be too low for this application"
					.formatted(child.slot()));
		}
	}

	private ChildLimits limits(Child child) {
		ChildLimits limits = (child.limits != null) ? child.limits
				: ChildLimits.draw(this.settings, this.ports.random());
		child.limits = limits;
		return limits;
	}

	private @Nullable Use use(Child child, boolean lookAtMemory, long now) {
		ChildLimits limits = limits(child);
		Use use = null;
		if (limits.requests() > 0) {
			use = new Use(Kind.REQUESTS, this.ports.processes().requests(child.launch), limits.requests());
		}
		if (limits.lifetimeNanos() > 0) {
			use = more(use, new Use(Kind.LIFETIME, child.servedNanos(now), limits.lifetimeNanos()));
		}
		if (limits.memory() > 0 && lookAtMemory) {
			use = more(use, new Use(Kind.MEMORY, this.ports.processes().residentMemory(child.launch), limits.memory()));
		}
		return use;
	}

	private static Use more(@Nullable Use one, Use other) {
		return (one != null && one.share() >= other.share()) ? one : other;
	}

	private void ended(RolloutResult result, long now) {
		if (result.outcome() == Outcome.FINISHED) {
			this.pause.reset();
		}
		else if (result.outcome() == Outcome.FAILED) {
			Duration length = this.pause.next(this.ports.random());
			this.pausedUntil = Deadlines.in(now, length);
			this.ports.announcer()
				.log("No child is recycled for the next %d s, since the new one could not be started"
					.formatted(length.toSeconds()));
		}
	}

	private long nextLook(long now) {
		long soon = Deadlines.in(now, LOOK);
		long next = (this.settings.maxRequests() > 0) ? soon : Deadlines.NEVER;
		if (this.settings.maxMemory() > 0) {
			next = Math.min(next, Math.max(soon, this.memoryAt));
		}
		if (!this.settings.maxLifetime().isZero()) {
			for (Slot slot : this.roster.slots()) {
				Child child = slot.child;
				if (child != null && child.served) {
					next = Math.min(next, Math.max(soon, child.readyAt + limits(child).lifetimeNanos()));
				}
			}
		}
		return next;
	}

	long nextDeadline() {
		return this.dueAt;
	}

}
