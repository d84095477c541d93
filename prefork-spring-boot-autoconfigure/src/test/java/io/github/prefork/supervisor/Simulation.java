package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.supervisor.Schedule.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One simulated life of a fleet: the real supervisor with a virtual clock, simulated
 * children and the faults of a {@link Schedule}. {@link Invariants} are checked at every
 * step.
 */
final class Simulation {

	private static final int MAX_TURNS_AT_ONE_TIME = 100;

	private static final long EXAMINATION = 3000 * SimulatedChild.MILLI;

	/** Long enough for some children to reach a limit. */
	private static final long RECYCLING = 1000 * SimulatedChild.MILLI;

	private static final long STEP = 200 * SimulatedChild.MILLI;

	final SimulatedClock clock = new SimulatedClock();

	final Schedule schedule;

	final SupervisorSettings settings;

	final Supervisor supervisor;

	final Map<Long, SimulatedChild> children = new LinkedHashMap<>();

	final Told told = new Told();

	final LossModel losses;

	final ScaleModel scale;

	final Invariants invariants;

	/** Listeners whose socket has been ended for all holders. */
	final Set<Integer> ended = new HashSet<>();

	final Set<Long> forgotten = new HashSet<>();

	final List<PreforkEvent> events = new ArrayList<>();

	int listenerCount;

	final long startedAt;

	boolean masterClosed;

	boolean started;

	boolean accepting = true;

	int stopped;

	boolean hookFailed;

	int failedHooks;

	int loggedHooks;

	/** Whether the next child is launched in a special way. */
	boolean special;

	/** Those that were, and that were not given up. */
	final Set<Long> specialLaunches = new HashSet<>();

	boolean failNextLaunch;

	boolean failNextListener;

	/** Whether nothing goes wrong from the request to stop on. */
	boolean stopsUndisturbed;

	@Nullable PreforkException cause;

	long lastPauseEnd;

	long pausedInAll;

	private long troubleUntil;

	/** When a connection comes that the supervisor wants to be told of. */
	private long stirAt = Deadlines.NEVER;

	private int turnsAtThisTime;

	private long turnAt;

	private List<Input> inbox = new ArrayList<>();

	private final Deque<Input> operations = new ArrayDeque<>();

	private long requests;

	/** What the supervisor is not woken for, but sees when it next looks. */
	private List<Input> heartbeats = new ArrayList<>();

	Simulation(long seed, Rules rules) {
		this.schedule = new Schedule(seed);
		this.settings = this.schedule.settings;
		this.listenerCount = this.schedule.listeners;
		this.special = this.schedule.special();
		this.losses = new LossModel(this);
		this.scale = new ScaleModel(this);
		this.supervisor = new Supervisor(this.settings, new SimulatedPorts(this).ports(), rules);
		this.startedAt = this.clock.nanos();
		this.invariants = new Invariants(this);
	}

	void run() {
		long attachedAt = this.schedule.attachedAt();
		this.clock.at(post(new Input.Start(attachedAt == 0), 0) + attachedAt, () -> post(new Input.Attached(), 0));
		this.schedule.faults.forEach((fault) -> this.clock.at(this.startedAt + fault.at(), () -> apply(fault)));
		if (this.schedule.ending.calm()) {
			runUntil(this.startedAt + this.schedule.faultsUntil);
			while (this.clock.nanos() < this.troubleUntil && !this.supervisor.isTerminated()) {
				runUntil(this.troubleUntil);
			}
			calm();
			this.stopsUndisturbed = this.invariants.isWhole();
		}
		else {
			runUntil(this.startedAt + this.schedule.stopAt);
		}
		stop();
	}

	/** A calm time, in which the fleet has to become whole again, and stays so. */
	private void calm() {
		long end = this.clock.nanos() + timeToRecover();
		boolean recycles = !this.settings.recycle().isOff();
		while (this.clock.nanos() < end && !this.supervisor.isTerminated()
				&& !(recycles ? this.invariants.isReady() : this.invariants.isWhole())) {
			runUntil(this.clock.nanos() + STEP);
		}
		runUntil(this.clock.nanos() + (recycles ? RECYCLING : STEP));
		this.invariants.afterCalm();
	}

	private long timeToRecover() {
		// Whoever still leaves or hangs, the longest delay, a boot for each, and until
		// siblings are let off
		return this.settings.gracePeriod().toNanos() * 3 + this.settings.recovery().maxInterval().toNanos() * 2
				+ this.settings.bootTimeout().toNanos() * (this.settings.maxChildren() + 2)
				// And a rollout that goes on
				+ this.settings.maxChildren() * (this.settings.bootTimeout().toNanos() + EXAMINATION
						+ this.settings.gracePeriod().toNanos() * 2)
				+ Duration.ofSeconds(7).toNanos();
	}

	private void stop() {
		boolean urgent = this.schedule.ending == Schedule.Ending.URGENT;
		post(new Input.Stop(urgent), 0);
		if (this.schedule.ending == Schedule.Ending.TWICE) {
			this.clock.after(20 * SimulatedChild.MILLI,
					() -> post(new Input.Stop(this.schedule.random.nextBoolean()), 0));
		}
		long end = this.clock.nanos() + timeToStop();
		runUntil(end);
		while (!this.supervisor.isTerminated() && end < this.lastPauseEnd + timeToStop()) {
			// It takes longer if the master stands still meanwhile
			end = this.lastPauseEnd + timeToStop();
			runUntil(end);
		}
		this.invariants.afterStop();
	}

	private long timeToStop() {
		return this.settings.gracePeriod().toNanos() + STEP;
	}

	private void runUntil(long end) {
		while (this.clock.nanos() < end && !this.supervisor.isTerminated()) {
			long due = (this.inbox.isEmpty() && this.operations.isEmpty()) ? this.supervisor.nextDeadline()
					: this.clock.nanos();
			this.clock.advanceTo(Math.min(end, Math.min(this.clock.nextAction(), Math.max(due, this.lastPauseEnd))));
			stir();
			boolean now = !this.inbox.isEmpty() || !this.operations.isEmpty()
					|| this.supervisor.nextDeadline() <= this.clock.nanos();
			if (now && this.clock.nanos() >= this.lastPauseEnd) {
				turn();
			}
			this.invariants.afterStep();
		}
	}

	boolean isAccepted(int listener) {
		return this.children.values().stream().anyMatch((child) -> child.accepts(listener));
	}

	/**
	 * Have the supervisor told of the next connection.
	 * @return whether the system can do that
	 */
	boolean alert() {
		boolean possible = this.schedule.seed % 8 != 0;
		this.stirAt = possible ? this.clock.nanos() + this.schedule.random.nextInt(500) * SimulatedChild.MILLI
				: Deadlines.NEVER;
		return possible;
	}

	/** One that nobody accepts is noticed at once, any other now and then. */
	private void stir() {
		if (this.stirAt != Deadlines.NEVER && (this.clock.nanos() >= this.stirAt
				|| !IntStream.range(0, this.listenerCount).allMatch(this::isAccepted))) {
			this.stirAt = Deadlines.NEVER;
			post(new Input.QueueStirred(), 0);
		}
	}

	private void turn() {
		List<Input> inputs = nextInputs();
		this.told.exitedNow.clear();
		this.told.leftNow.clear();
		for (Input input : inputs) {
			// Whatever the channel still brings after the end is too late
			if (!(input instanceof Input.OfChild ofChild && this.told.exited.contains(ofChild.launch()))) {
				this.losses.take(input);
				this.told.take(input);
			}
		}
		notBusy();
		this.supervisor.turn(inputs);
		this.invariants.afterTurn();
	}

	private List<Input> nextInputs() {
		// What follows from an operation is easier to tell if nothing else comes with it
		List<Input> inputs = this.inbox;
		if (inputs.isEmpty() && !this.operations.isEmpty()) {
			inputs.add(this.operations.remove());
		}
		inputs.addAll(this.heartbeats);
		this.inbox = new ArrayList<>();
		this.heartbeats = new ArrayList<>();
		return inputs;
	}

	private void notBusy() {
		this.turnsAtThisTime = (this.clock.nanos() == this.turnAt) ? this.turnsAtThisTime + 1 : 0;
		this.turnAt = this.clock.nanos();
		if (this.turnsAtThisTime > MAX_TURNS_AT_ONE_TIME) {
			throw new AssertionError("The supervisor turns without end: its next deadline stays in the past");
		}
	}

	/**
	 * Send something to the supervisor.
	 * @param input the input
	 * @param notBefore when it arrives at the earliest
	 * @return when it arrives unless the master stands still
	 */
	long post(Input input, long notBefore) {
		long arrival = Math.max(notBefore, this.clock.nanos() + latency());
		this.clock.at(arrival, () -> arrive(input));
		return arrival;
	}

	private void arrive(Input input) {
		// A master that stood still needs a moment to read what has come meanwhile
		long readable = this.lastPauseEnd + 2 * SimulatedChild.MILLI;
		if (this.clock.nanos() < readable) {
			this.clock.at(readable, () -> deliver(input));
		}
		else {
			deliver(input);
		}
	}

	private void deliver(Input input) {
		if (input instanceof Input.Restart || input instanceof Input.Scale || input instanceof Input.ScaleBy) {
			this.operations.add(input);
			return;
		}
		List<Input> inputs = (input instanceof Input.Heartbeat || input instanceof Input.LoopBlocked) ? this.heartbeats
				: this.inbox;
		inputs.add(input);
	}

	long latency() {
		return 50_000 + this.schedule.random.nextInt(3_000_000);
	}

	void closed(Set<Integer> listeners) {
		this.invariants.closed(listeners);
	}

	static long pid(long launch) {
		return 10_000 + launch;
	}

	static long launch(long pid) {
		return pid - 10_000;
	}

	private void apply(Fault fault) {
		List<SimulatedChild> alive = this.children.values().stream().filter((child) -> child.alive).toList();
		troubleFor(fault.length());
		switch (fault.kind()) {
			case PAUSE_MASTER -> pause(fault.length() * 3);
			case PAUSE_ALL -> {
				pause(fault.length() * 3);
				alive.forEach((child) -> child.pause(fault.length() * 3));
			}
			case LAUNCH_FAILURE -> {
				this.failNextLaunch = true;
			}
			case LISTENER_FAILURE -> {
				this.failNextListener = true;
			}
			case SCALE -> post(new Input.Scale(++this.requests, fault.victim() % (this.settings.maxChildren() + 2)), 0);
			case SCALE_BY -> {
				for (int i = 0; i <= fault.victim() % 3; i++) {
					post(new Input.ScaleBy(++this.requests, (fault.victim() % 2 == 0) ? 1 : -1), 0);
				}
			}
			case RESTART -> post(new Input.Restart(++this.requests), 0);
			case ALL_KILLED -> alive.forEach(SimulatedChild::kill);
			default -> {
				if (!alive.isEmpty()) {
					alive.get(fault.victim() % alive.size()).suffer(fault, this.listenerCount);
				}
			}
		}
	}

	private void pause(long length) {
		this.lastPauseEnd = Math.max(this.lastPauseEnd, this.clock.nanos() + length);
		this.pausedInAll += length;
		troubleFor(length);
	}

	void troubleFor(long length) {
		// And a little longer, until everybody knows of it
		this.troubleUntil = Math.max(this.troubleUntil,
				Math.max(this.clock.nanos(), this.lastPauseEnd) + length + STEP);
	}

}
