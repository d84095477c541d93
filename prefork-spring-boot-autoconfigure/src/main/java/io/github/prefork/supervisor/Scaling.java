package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.ScaleResult;
import io.github.prefork.Scaled;
import org.jspecify.annotations.Nullable;

/**
 * Changes the number of children. New slots are added above the present ones, with their
 * listeners; or the highest are given up, whose children leave while their listeners stay
 * open for the others. A later request takes the place of one that is not done.
 */
final class Scaling {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Launches launches;

	private final Endings endings;

	private final Leavers leavers;

	private final AcceptControl accepting;

	private final Outbox outbox;

	private long request;

	private int before;

	/** How many there were before the first of several requests in a row. */
	private int origin;

	private long originAt;

	private long startedAt;

	Scaling(Ports ports, SupervisorSettings settings, Roster roster, Launches launches, Endings endings,
			Leavers leavers, AcceptControl accepting, Outbox outbox) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.launches = launches;
		this.endings = endings;
		this.leavers = leavers;
		this.accepting = accepting;
		this.outbox = outbox;
	}

	/**
	 * Begin to change the number of children, or say why not.
	 * @param request the number of the request
	 * @param children how many there should be
	 * @param obstacle why the number can't be changed at the moment, whatever it is to be
	 * @param now the time
	 */
	void scale(long request, int children, @Nullable String obstacle, long now) {
		String reason = (obstacle != null) ? obstacle : objection(children);
		if (reason != null) {
			answer(request, Outcome.REFUSED, size(), reason, Duration.ZERO);
			return;
		}
		if (this.roster.scaling()) {
			end(Outcome.STOPPED, "Another request has taken its place: " + children + " children", now);
		}
		else {
			this.origin = size();
			this.originAt = this.ports.time().nanos();
		}
		this.request = request;
		this.before = size();
		this.startedAt = this.ports.time().nanos();
		this.roster.scaling(true);
		shrinkTo(children, now);
		if (size() < children) {
			grow(children, now);
		}
		step(now);
	}

	int size() {
		return this.roster.slots().size();
	}

	/**
	 * Return why a number of children can't be had.
	 * @param children the number
	 * @return the reason, {@code null} if there is none
	 */
	@Nullable String objection(int children) {
		if (children < 1) {
			return "There has to be one child at least, and %d were asked for".formatted(children);
		}
		if (children > this.settings.maxChildren()) {
			return "prefork.max-children=%d does not allow %d children".formatted(this.settings.maxChildren(),
					children);
		}
		if (children < this.settings.minReady()) {
			return "prefork.min-ready=%d does not allow %d %s".formatted(this.settings.minReady(), children,
					(children == 1) ? "child" : "children");
		}
		if (this.roster.recoveryExceeded()) {
			return "Too many children have ended, and lost ones are not replaced any more; a rolling restart revives "
					+ "the fleet";
		}
		return (children < size()) ? objectionToFewer(children) : null;
	}

	private @Nullable String objectionToFewer(int children) {
		long ready = this.roster.slots()
			.stream()
			.limit(children)
			.filter((slot) -> slot.child != null && slot.child.ready() && !slot.child.stalled())
			.count();
		long needed = Math.max(1, this.settings.minReady());
		return (ready < needed) ? "Only %d of the %d children that would stay are ready, and %d have to be"
			.formatted(ready, children, needed) : null;
	}

	private void shrinkTo(int children, long now) {
		while (size() > children) {
			Slot slot = this.roster.removeSlot();
			this.launches.cancel(slot);
			if (slot.child != null) {
				release(slot.child, now);
			}
		}
	}

	private void release(Child child, long now) {
		if (child.served) {
			this.roster.vacate(child);
			this.leavers.retire(child, now);
		}
		else {
			this.endings.dismiss(child, now);
		}
	}

	private void grow(int children, long now) {
		int listeners = this.ports.listeners().count();
		try {
			if (this.settings.owned() && listeners > 0 && listeners < children) {
				this.ports.listeners().add(children - listeners);
			}
		}
		catch (RuntimeException ex) {
			fail("No more listeners can be opened: " + ex.getMessage(), now);
			return;
		}
		finally {
			this.accepting.added(now);
		}
		while (size() < children) {
			Slot slot = this.roster.addSlot();
			slot.added = true;
			this.launches.launchAt(slot, now);
		}
	}

	/**
	 * Go on as far as possible.
	 * @param now the time
	 */
	void step(long now) {
		if (!this.roster.scaling()) {
			return;
		}
		if (this.roster.recoveryExceeded()) {
			keepThoseThatBoot(now);
		}
		else if (this.roster.slots().stream().noneMatch((slot) -> slot.added) && !this.roster.draining()) {
			finish(now);
		}
	}

	private void finish(long now) {
		if (size() != this.origin) {
			this.outbox.add(new Scaled(this.origin, size(), since(this.originAt)));
		}
		end(Outcome.FINISHED, null, now);
	}

	private void keepThoseThatBoot(long now) {
		// Nobody else is launched, and one of these may be the last child there is
		this.roster.slots().stream().filter((slot) -> !slot.empty()).forEach((slot) -> slot.added = false);
		fail("Too many children have ended meanwhile; lost ones are not replaced any more", now);
	}

	/**
	 * A child has failed before it was ready, or could not be launched.
	 * @param slot its slot
	 * @param reason what has happened
	 * @param now the time
	 * @return whether the slot was one that had been added, so that nothing is lost
	 */
	boolean failed(Slot slot, String reason, long now) {
		if (!slot.added || !this.roster.scaling() || this.roster.recoveryExceeded()) {
			return false;
		}
		fail(reason, now);
		return true;
	}

	private void fail(String reason, long now) {
		// The lowest slot that is not filled is given up, and those above it
		this.roster.slots()
			.stream()
			.filter((slot) -> slot.added)
			.mapToInt((slot) -> slot.index)
			.min()
			.ifPresent((index) -> shrinkTo(index, now));
		this.ports.announcer()
			.log("The number of children could not be changed; there are %d slots now: %s".formatted(size(), reason));
		end(Outcome.FAILED, reason, now);
	}

	/**
	 * The fleet stops.
	 * @param reason why
	 * @param now the time
	 */
	void stop(String reason, long now) {
		if (this.roster.scaling()) {
			end(Outcome.STOPPED, reason, now);
		}
	}

	// As clocks show it, also where the supervisor was held up meanwhile
	private Duration since(long begin) {
		return Duration.ofNanos(this.ports.time().nanos() - begin);
	}

	private void end(Outcome outcome, @Nullable String reason, long now) {
		this.roster.scaling(false);
		answer(this.request, outcome, this.before, reason, since(this.startedAt));
	}

	private void answer(long request, Outcome outcome, int before, @Nullable String reason, Duration duration) {
		this.ports.announcer().finished(request, new ScaleResult(outcome, before, size(), reason, duration));
	}

}
