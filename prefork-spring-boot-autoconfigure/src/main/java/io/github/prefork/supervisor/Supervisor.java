package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.github.prefork.ChildStartException;
import io.github.prefork.Fleet;
import io.github.prefork.HookFailedException;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the fleet as it should be. Pure policy: whatever it needs comes through
 * {@link Ports}, whatever happens comes as an {@link Input}. One thread calls
 * {@link #turn(List)} with all inputs there are, and again at {@link #nextDeadline()} at
 * the latest; only {@link #fleet()} may be called by others.
 */
public final class Supervisor {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Outbox outbox;

	private final Launches launches;

	private final Endings endings;

	private final Liveness liveness;

	private final AcceptControl accepting;

	private final Lifecycle lifecycle;

	private final Losses losses;

	private final Progress progress;

	private final Rollouts rollouts;

	private final Recycling recycling;

	private final Scaling scaling;

	private final Leavers leavers;

	private final Standbys standbys;

	private final Leadership leadership;

	private final StopSequence stop;

	private final ChildInputs childInputs;

	private volatile Fleet fleet;

	private final FairTime time;

	private boolean terminated;

	private long now;

	private long dueAt = Deadlines.NEVER;

	/** When something else than a look at queues and heartbeats is due. */
	private long eventAt = Long.MIN_VALUE;

	private @Nullable PreforkException cause;

	private boolean stopRequested;

	/**
	 * Create a supervisor of a fleet that is not started yet.
	 * @param settings its settings
	 * @param ports all that is outside of it
	 */
	public Supervisor(SupervisorSettings settings, Ports ports) {
		this(settings, ports, Rules.STANDARD);
	}

	Supervisor(SupervisorSettings settings, Ports ports, Rules rules) {
		this(settings, ports, rules, new Roster(settings, ports.random()));
	}

	Supervisor(SupervisorSettings settings, Ports ports, Rules rules, Roster roster) {
		this.ports = ports;
		this.settings = settings;
		this.time = new FairTime(ports.time(), settings.stallTimeout());
		this.roster = roster;
		this.outbox = new Outbox(ports.announcer(), this::hookFailed);
		this.endings = new Endings(ports, settings, this.roster);
		this.launches = new Launches(ports, settings, this.roster, this.endings, this.outbox);
		this.liveness = new Liveness(ports, settings, this.roster, this.outbox, this::hung);
		this.accepting = new AcceptControl(ports, settings, rules, this.roster);
		this.losses = new Losses(settings, rules, this.roster, this.launches, this.outbox, this::abort);
		this.rollouts = new Rollouts(ports, this.roster, this.launches, this.endings, this.losses, this.outbox);
		this.recycling = new Recycling(ports, settings, this.roster, this.rollouts);
		this.leavers = new Leavers(ports, settings, this.roster, this.endings);
		this.scaling = new Scaling(ports, settings, this.roster, this.launches, this.endings, this.leavers,
				this.accepting, this.outbox);
		this.lifecycle = new Lifecycle(ports, this.roster, this.endings, this.losses, this.rollouts, this.scaling,
				this.leavers, this.outbox);
		this.standbys = new Standbys(ports, this.roster, this.launches, this.lifecycle);
		this.leadership = new Leadership(ports, this.roster, settings.standby());
		this.progress = new Progress(ports, settings, this.roster, this.outbox);
		this.stop = new StopSequence(ports, settings, rules, this.roster);
		this.childInputs = new ChildInputs(ports, settings, this.roster, this.lifecycle, this.liveness, this.endings,
				this.accepting, this.stop, this::abort);
		this.fleet = this.roster.snapshot();
	}

	/**
	 * Return the fleet after the last transition. May be called by any thread.
	 * @return a snapshot
	 */
	public Fleet fleet() {
		return this.fleet;
	}

	/**
	 * Return whether the fleet has stopped for good.
	 * @return whether no further turn is needed
	 */
	public boolean isTerminated() {
		return this.terminated;
	}

	/**
	 * Return when the next turn has to come, inputs or not.
	 * @return a time on the time line of {@link Time}, {@link Long#MAX_VALUE} for never
	 */
	public long nextDeadline() {
		return this.dueAt;
	}

	/**
	 * React to inputs and to the time. All inputs are taken before any timer, so that a
	 * late turn does not hold against a child what is already in the queue.
	 * @param inputs the inputs in the order in which they came, may be empty
	 */
	public void turn(List<? extends Input> inputs) {
		if (this.terminated) {
			return;
		}
		boolean late = this.time.look();
		this.now = this.time.now();
		if (late) {
			this.liveness.forgive(this.now);
		}
		if (!late && takeQuietly(inputs)) {
			return;
		}
		inputs.forEach(this::apply);
		goOn();
		publish();
		launch();
		if (mayGoOn()) {
			this.progress.update(this.now, this::abort);
			if (this.progress.started() && !this.stop.stopping()) {
				this.standbys.begin(this.now);
			}
		}
		if (mayGoOn()) {
			this.recycling.step(this.now);
		}
		publish();
		finish();
	}

	// What is more than to serve waits for the application
	private boolean mayGoOn() {
		return this.outbox.isOpen() && !this.stop.stopping();
	}

	private boolean takeQuietly(List<? extends Input> inputs) {
		// Nearly all turns of a fleet that is well: heartbeats, and queues that are
		// empty.
		// They are so rare that they stay interpreted, which makes a stream expensive
		if (this.now >= this.eventAt || this.stop.stopping() || !areQuiet(inputs)) {
			return false;
		}
		for (Input input : inputs) {
			apply(input);
		}
		this.liveness.check(this.now);
		if (!this.outbox.isQuiet() || this.roster.snapshot() != this.fleet || !this.accepting.stillRight(this.now)) {
			return false;
		}
		this.dueAt = this.time.lookAgain(nextDue());
		return true;
	}

	private boolean areQuiet(List<? extends Input> inputs) {
		for (Input input : inputs) {
			if (!isQuiet(input)) {
				return false;
			}
		}
		return true;
	}

	private boolean isQuiet(Input input) {
		if (input instanceof Input.Heartbeat heartbeat) {
			Child child = this.roster.find(heartbeat.launch());
			return child == null || !child.stalled();
		}
		if (input instanceof Input.LoopBlocked blocked) {
			Child child = this.roster.find(blocked.launch());
			return child == null || !child.stalled() && blocked.nanos() < this.settings.stallTimeout().toNanos();
		}
		return input instanceof Input.QueueStirred;
	}

	private void apply(Input input) {
		if (input instanceof Input.OfChild ofChild) {
			Child child = this.roster.find(ofChild.launch());
			if (child != null) {
				this.childInputs.take(child, ofChild, this.now);
			}
		}
		else if (input instanceof Input.QueueStirred) {
			this.accepting.stirred(this.now);
		}
		else if (input instanceof Input.Stop request) {
			this.stopRequested = true;
			stop(request.urgent());
		}
		else if (input instanceof Input.Restart restart) {
			operate(restart.request(), () -> this.rollouts.restart(restart.request(), this.now));
		}
		else if (input instanceof Input.Recycle recycle) {
			operate(recycle.request(), () -> this.rollouts.recycle(recycle.request(), recycle.slot(), this.now));
		}
		else if (input instanceof Input.Scale scale) {
			scale(scale.request(), scale.children());
		}
		else if (input instanceof Input.ScaleBy scale) {
			scale(scale.request(), this.scaling.size() + scale.step());
		}
		else if (input instanceof Input.Start start && !this.stop.stopping()) {
			this.launches.fillAll(this.now);
			if (start.attached()) {
				attach();
			}
		}
		else if (input instanceof Input.Attached) {
			attach();
		}
	}

	private void attach() {
		this.outbox.open();
		if (!this.stop.stopping()) {
			this.progress.begin(this.now);
		}
	}

	private void operate(long request, Runnable operation) {
		if (this.stop.stopping()) {
			this.rollouts.refuseStopping(request);
		}
		else {
			operation.run();
		}
	}

	private void scale(long request, int children) {
		String obstacle = obstacleToScaling();
		if (obstacle == null && this.scaling.objection(children) == null) {
			this.rollouts.giveWay(this.now);
		}
		this.scaling.scale(request, children, obstacle, this.now);
	}

	private @Nullable String obstacleToScaling() {
		if (this.stop.stopping()) {
			return "The fleet stops";
		}
		if (!this.launches.allLaunched() || !this.progress.started()) {
			return "The fleet has not started yet";
		}
		return (this.rollouts.isRequested()) ? "A rollout to generation " + this.roster.generation() + " is running"
				: null;
	}

	private void stop(boolean urgent) {
		if (!this.stop.stopping()) {
			String reason = (this.cause != null) ? String.valueOf(this.cause.getMessage()) : "The fleet stops";
			this.rollouts.stop(reason, this.now);
			this.scaling.stop(reason, this.now);
			this.launches.cancelAll();
			this.progress.stopping();
			this.stop.begin(this.now);
		}
		if (urgent) {
			this.stop.killAll(this.now);
		}
	}

	private void abort(PreforkException cause) {
		if (this.cause == null && !this.stop.stopping()) {
			this.cause = cause;
			this.ports.announcer().log("The fleet has to stop: " + cause.getMessage());
		}
		stop(false);
	}

	private void hookFailed(PreforkEvent event, RuntimeException failure) {
		if (this.settings.hooks().stopsAt(event) && !this.stop.stopping()) {
			this.outbox.keepOnly(HookRule::isStillTold);
			abort(new HookFailedException(event, failure));
		}
		else {
			this.ports.announcer().hookFailed(event, failure);
		}
	}

	private void hung(Child child, long now) {
		if (!this.stop.stopping()) {
			this.lifecycle.hung(child, now);
		}
	}

	/** Launch what is due; each launch is published before the next one. */
	private void launch() {
		while (!this.stop.stopping()) {
			try {
				if (!this.launches.launchNext(this.now)) {
					return;
				}
			}
			catch (ChildStartException ex) {
				notLaunched(Objects.requireNonNull(launching()), ex);
			}
			publish();
		}
	}

	@Nullable Slot launching() {
		return this.launches.launching();
	}

	private void notLaunched(Slot slot, ChildStartException failure) {
		if (slot.empty() && !this.scaling.failed(slot, String.valueOf(failure.getMessage()), this.now)) {
			this.losses.lost(slot, Duration.ZERO, failure, this.now);
		}
		this.rollouts.failed(slot, this.roster.generation(), String.valueOf(failure.getMessage()), this.now);
	}

	/** A stop has deadlines of its own, everything else is over then. */
	private void goOn() {
		if (this.stop.stopping()) {
			this.stop.step(this.now);
		}
		else {
			this.liveness.check(this.now);
			this.endings.check(this.now);
			this.standbys.step(this.now);
			this.rollouts.step(this.now);
			this.scaling.step(this.now);
			// Before a child that has led is let go
			this.leadership.update();
			// Last, since any of these may have let a child go
			this.accepting.update(this.now);
			this.leavers.release(this.accepting);
		}
	}

	private void publish() {
		this.fleet = this.roster.snapshot();
		this.outbox.flush();
	}

	private void finish() {
		if (this.stop.stopping()) {
			this.stop.step(this.now);
		}
		if (hasToTell()) {
			this.dueAt = this.time.lookAgain(Deadlines.NEVER);
			return;
		}
		if (this.stop.complete(this.now)) {
			this.terminated = true;
			this.dueAt = Deadlines.NEVER;
			this.ports.announcer().stopped(this.cause);
			return;
		}
		this.eventAt = nextEvent();
		this.dueAt = this.time.lookAgain(this.stop.stopping() ? this.eventAt : nextDue());
	}

	// It has failed and is over, but the application is not there yet
	private boolean hasToTell() {
		return this.cause != null && !this.outbox.isOpen() && !this.stopRequested && this.roster.live().isEmpty();
	}

	private long nextDue() {
		return Math.min(this.eventAt, Math.min(this.liveness.nextDeadline(), this.accepting.nextDeadline()));
	}

	private long nextEvent() {
		if (this.stop.stopping()) {
			return this.stop.nextDeadline();
		}
		long recycling = mayGoOn() ? this.recycling.nextDeadline() : Deadlines.NEVER;
		return Math.min(Math.min(this.endings.nextDeadline(), recycling),
				Math.min(this.launches.nextDeadline(), this.progress.nextDeadline()));
	}

}
