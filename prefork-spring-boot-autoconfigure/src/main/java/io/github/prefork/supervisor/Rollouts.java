package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutResult;
import io.github.prefork.RolloutStarted;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the children, one slot at a time: the new child boots beside the old one, and
 * the next slot follows when the old one has ended. One rollout at a time.
 */
final class Rollouts {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Endings endings;

	private final Launches launches;

	private final Losses losses;

	private final Outbox outbox;

	/** The slots that are still to be replaced, the present one not among them. */
	private final Deque<Slot> waiting = new ArrayDeque<>();

	/** The slot that is being replaced. */
	private @Nullable Slot slot;

	private boolean running;

	private long request;

	private long startedAt;

	private int replaced;

	Rollouts(Ports ports, SupervisorSettings settings, Roster roster, Launches launches, Endings endings, Losses losses,
			Outbox outbox) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.endings = endings;
		this.launches = launches;
		this.losses = losses;
		this.outbox = outbox;
	}

	/**
	 * Begin a rollout of all slots, or say why not.
	 * @param request the number of the request
	 * @param now the time
	 */
	void restart(long request, long now) {
		begin(request, this.roster.slots(), now);
	}

	/**
	 * Begin a rollout of one slot, or say why not.
	 * @param request the number of the request
	 * @param index the index of the slot
	 * @param now the time
	 */
	void recycle(long request, int index, long now) {
		List<Slot> slots = this.roster.slots();
		if (index < 0 || index >= slots.size()) {
			refuse(request, "There is no slot " + index + ", only 0 to " + (slots.size() - 1));
		}
		else {
			begin(request, List.of(slots.get(index)), now);
		}
	}

	private void begin(long request, List<Slot> slots, long now) {
		if (this.running) {
			refuse(request, "A rollout to generation " + this.roster.generation() + " is running");
		}
		else if (!this.launches.hadReady()) {
			refuse(request, "The fleet has not started yet");
		}
		else {
			start(request, slots, now);
		}
	}

	private void start(long request, List<Slot> slots, long now) {
		this.running = true;
		this.request = request;
		this.startedAt = now;
		this.replaced = 0;
		this.roster.nextGeneration();
		this.losses.forget();
		// A fleet that had given up goes on, however the rollout ends
		this.roster.slots().stream().filter(Slot::empty).forEach((each) -> this.launches.launchAt(each, now));
		this.waiting.addAll(slots);
		this.outbox.add(new RolloutStarted(this.roster.generation()));
	}

	/**
	 * Refuse a request that comes too late.
	 * @param request the number of the request
	 */
	void refuseStopping(long request) {
		refuse(request, "The fleet stops");
	}

	private void refuse(long request, String reason) {
		this.ports.announcer()
			.finished(request,
					new RolloutResult(Outcome.REFUSED, this.roster.generation(), 0, null, reason, Duration.ZERO));
	}

	/**
	 * Go on as far as possible.
	 * @param now the time
	 */
	void step(long now) {
		Slot present = (this.slot != null) ? this.slot : this.waiting.peek();
		if (this.running && present != null && this.roster.recoveryExceeded()) {
			fail(present, "Too many children have ended meanwhile; lost ones are not replaced any more", now);
		}
		while (this.running && !isDraining() && (this.slot == null || isReplaced(this.slot))) {
			if (this.slot != null) {
				this.replaced++;
			}
			next(now);
		}
	}

	// One that was replaced, also by a rollout before, has not ended yet
	private boolean isDraining() {
		return this.roster.live().stream().anyMatch((child) -> child.planned);
	}

	private boolean isReplaced(Slot slot) {
		Child child = slot.child;
		return child != null && child.served && isNew(child);
	}

	private boolean isNew(Child child) {
		return child.identity.generation() == this.roster.generation();
	}

	private void next(long now) {
		this.slot = this.waiting.poll();
		if (this.slot == null) {
			finish(now);
			return;
		}
		// One that was lost meanwhile may have been replaced by a new one already
		Child child = this.slot.child;
		if (child == null) {
			this.launches.launchAt(this.slot, now);
		}
		else if (!isNew(child)) {
			this.launches.besideAt(this.slot, now);
		}
	}

	private void finish(long now) {
		Duration duration = duration(now);
		this.outbox.add(new RolloutFinished(this.roster.generation(), this.replaced, duration));
		end(new RolloutResult(Outcome.FINISHED, this.roster.generation(), this.replaced, null, null, duration));
	}

	/**
	 * A child has failed before it was ready, or could not be launched.
	 * @param slot its slot
	 * @param generation its generation
	 * @param reason what has happened
	 * @param now the time
	 */
	void failed(Slot slot, int generation, String reason, long now) {
		if (!this.running || this.slot != slot || generation != this.roster.generation()) {
			return;
		}
		fail(slot, reason, now);
	}

	private void fail(Slot slot, String reason, long now) {
		Duration duration = duration(now);
		this.launches.notBeside(slot);
		if (slot.successor != null) {
			dismiss(slot.successor, now);
		}
		this.outbox.add(new RolloutFailed(this.roster.generation(), slot.index, reason, this.replaced, duration));
		end(new RolloutResult(Outcome.FAILED, this.roster.generation(), this.replaced, slot.index, reason, duration));
	}

	// One that still boots is not wanted any more
	private void dismiss(Child successor, long now) {
		successor.planned = true;
		this.roster.vacate(successor);
		this.ports.processes().terminate(successor.launch);
		this.endings.killAt(successor, Deadlines.in(now, this.settings.gracePeriod()));
	}

	/**
	 * The fleet stops.
	 * @param reason why
	 * @param now the time
	 */
	void stop(String reason, long now) {
		if (this.running) {
			end(new RolloutResult(Outcome.STOPPED, this.roster.generation(), this.replaced, null, reason,
					duration(now)));
		}
	}

	private Duration duration(long now) {
		return Duration.ofNanos(now - this.startedAt);
	}

	private void end(RolloutResult result) {
		this.running = false;
		this.slot = null;
		this.waiting.clear();
		this.roster.countRollout(result.outcome());
		this.ports.announcer().finished(this.request, result);
	}

}
