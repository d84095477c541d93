package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.RolloutCause;
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

	private final Roster roster;

	private final Endings endings;

	private final Launches launches;

	private final Losses losses;

	private final Outbox outbox;

	/** The slots that are still to be replaced, the present one not among them. */
	private final Deque<Slot> waiting = new ArrayDeque<>();

	/** The slot that is being replaced. */
	private @Nullable Slot slot;

	/** What standbys it had to have before. */
	private int generationBefore;

	private boolean running;

	private RolloutCause cause = RolloutCause.RESTART;

	/** Takes the result, and the time. */
	private BiConsumer<RolloutResult, Long> answer = (result, now) -> {
	};

	private long startedAt;

	private int replaced;

	Rollouts(Ports ports, Roster roster, Launches launches, Endings endings, Losses losses, Outbox outbox) {
		this.ports = ports;
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
		begin(request, RolloutCause.RESTART, this.roster.slots(), this.roster.standbys(), now);
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
			begin(request, RolloutCause.RECYCLE, List.of(slots.get(index)), List.of(), now);
		}
	}

	/**
	 * Begin a rollout of one slot that nobody has asked for. None may be running, and
	 * every slot has to have a ready child.
	 * @param child the child to replace
	 * @param reason why, what is to be said of the child
	 * @param ended takes the result, and the time
	 * @param now the time
	 */
	void recycle(Child child, String reason, BiConsumer<RolloutResult, Long> ended, long now) {
		start(RolloutCause.LIMIT, List.of(child.place), List.of(), ended, now);
		this.outbox.add(new RolloutStarted(this.roster.generation(), this.cause, child.slot(),
				"pid %d %s".formatted(child.identity.pid(), reason)));
		step(now);
	}

	private void begin(long request, RolloutCause cause, List<Slot> slots, List<Slot> standbys, long now) {
		giveWay(now);
		if (this.running) {
			refuse(request, "A rollout to generation " + this.roster.generation() + " is running");
		}
		else if (!this.launches.hadReady() || !this.outbox.isOpen()) {
			refuse(request, "The fleet has not started yet");
		}
		else if (this.roster.scaling()) {
			refuse(request, "The number of children is being changed to " + this.roster.slots().size());
		}
		else {
			start(cause, slots, standbys, (result, end) -> this.ports.announcer().finished(request, result), now);
			this.losses.forget();
			// A fleet that had given up goes on, however the rollout ends
			Stream.concat(this.roster.slots().stream(), this.roster.standbys().stream())
				.filter(Slot::empty)
				.forEach((each) -> this.launches.launchAt(each, now));
			Integer slot = (cause == RolloutCause.RECYCLE) ? slots.get(0).index : null;
			this.outbox.add(new RolloutStarted(this.roster.generation(), cause, slot, null));
		}
	}

	/**
	 * End a rollout that nobody has asked for, so that a request can be carried out.
	 * @param now the time
	 */
	void giveWay(long now) {
		if (this.running && this.cause == RolloutCause.LIMIT) {
			if (this.slot != null) {
				abandon(this.slot, now);
			}
			end(result(Outcome.STOPPED, null, "A request has taken its place"), now);
		}
	}

	private void start(RolloutCause cause, List<Slot> slots, List<Slot> standbys,
			BiConsumer<RolloutResult, Long> answer, long now) {
		this.running = true;
		this.cause = cause;
		this.answer = answer;
		this.startedAt = this.ports.time().nanos();
		this.replaced = 0;
		this.roster.nextGeneration(cause == RolloutCause.RESTART);
		this.waiting.addAll(slots);
		// They would put an old one in the place of a new one
		this.waiting.addAll(standbys);
	}

	/**
	 * Return whether there is one, whoever wants it.
	 * @return whether a rollout is running
	 */
	boolean isRunning() {
		return this.running;
	}

	/**
	 * Return whether there is one that somebody has asked for.
	 * @return whether such a rollout is running
	 */
	boolean isRequested() {
		return this.running && this.cause != RolloutCause.LIMIT;
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
		while (this.running && !this.roster.draining() && (this.slot == null || isReplaced(this.slot))) {
			if (this.slot != null && !this.slot.ofStandby()) {
				this.replaced++;
			}
			next(now);
		}
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
		this.generationBefore = this.slot.generation;
		if (this.cause == RolloutCause.RESTART) {
			this.slot.generation = this.roster.generation();
		}
		if (child == null) {
			this.launches.launchAt(this.slot, now);
		}
		else if (!isNew(child)) {
			this.launches.besideAt(this.slot, now);
		}
	}

	private void finish(long now) {
		this.outbox.add(new RolloutFinished(this.roster.generation(), this.cause, this.replaced, duration()));
		end(result(Outcome.FINISHED, null, null), now);
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
		abandon(slot, now);
		this.outbox.add(new RolloutFailed(this.roster.generation(), this.cause, slot.number(), reason, this.replaced,
				duration()));
		end(result(Outcome.FAILED, slot.number(), reason), now);
	}

	private void abandon(Slot slot, long now) {
		this.launches.notBeside(slot);
		if (slot == this.slot) {
			slot.generation = this.generationBefore;
		}
		if (slot.successor != null) {
			this.endings.dismiss(slot.successor, now);
		}
	}

	/**
	 * The fleet stops.
	 * @param reason why
	 * @param now the time
	 */
	void stop(String reason, long now) {
		if (this.running) {
			end(result(Outcome.STOPPED, null, reason), now);
		}
	}

	// As clocks show it, also where the supervisor was held up meanwhile
	private Duration duration() {
		return Duration.ofNanos(this.ports.time().nanos() - this.startedAt);
	}

	private RolloutResult result(Outcome outcome, @Nullable Integer slot, @Nullable String reason) {
		return new RolloutResult(outcome, this.roster.generation(), this.replaced, slot, reason, duration());
	}

	private void end(RolloutResult result, long now) {
		this.running = false;
		this.slot = null;
		this.waiting.clear();
		if (this.cause == RolloutCause.LIMIT) {
			this.roster.countRecycle(result.outcome());
		}
		else {
			this.roster.countRollout(result.outcome());
		}
		this.answer.accept(result, now);
	}

}
