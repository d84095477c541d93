package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.prefork.ChildStartException;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.supervisor.Schedule.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One simulated life of a fleet: the real supervisor with a virtual clock, simulated
 * children and the faults of a {@link Schedule}. {@link Invariants} are checked after
 * every turn.
 */
final class Simulation {

	private static final int MAX_TURNS_AT_ONE_TIME = 100;

	final SimulatedClock clock = new SimulatedClock();

	final Schedule schedule;

	final Supervisor supervisor;

	final Map<Long, SimulatedChild> children = new LinkedHashMap<>();

	final Map<Long, Set<Integer>> sent = new LinkedHashMap<>();

	/** Listeners whose socket has been ended for all holders. */
	final Set<Integer> ended = new HashSet<>();

	final Set<Long> forgotten = new HashSet<>();

	final List<PreforkEvent> events = new ArrayList<>();

	final int listenerCount;

	final long startedAt;

	boolean listening;

	boolean masterClosed;

	boolean started;

	boolean stopped;

	boolean stopRequested;

	@Nullable PreforkException cause;

	long pausedUntil;

	long lastPauseEnd;

	private boolean failNextLaunch;

	private int turnsAtThisTime;

	private long turnAt;

	private List<Input> inbox = new ArrayList<>();

	private final Invariants invariants;

	Simulation(long seed, Rules rules) {
		this.schedule = new Schedule(seed);
		this.listenerCount = this.schedule.settings.owned() ? this.schedule.settings.children() : 1;
		Ports ports = new Ports(this.clock, new SimulatedProcesses(), new SimulatedMessenger(),
				new SimulatedListeners(), new SimulatedAnnouncer(), this.schedule.random);
		this.supervisor = new Supervisor(this.schedule.settings, ports, rules);
		this.startedAt = this.clock.nanos();
		this.invariants = new Invariants(this);
	}

	void run() {
		post(new Input.Start(), 0);
		this.schedule.faults.forEach((fault) -> this.clock.after(fault.at(), () -> apply(fault)));
		runUntil(this.startedAt + this.schedule.faultsUntil);
		if (this.schedule.doubleStop || this.schedule.urgentStop) {
			stopAndFinish();
			return;
		}
		// A calm time, in which the fleet has to become whole again
		runUntil(Math.max(this.clock.nanos(), this.pausedUntil) + calm());
		this.invariants.afterCalm();
		stopAndFinish();
	}

	private long calm() {
		SupervisorSettings settings = this.schedule.settings;
		return settings.recovery().maxInterval().toNanos() * 2 + settings.bootTimeout().toNanos() * settings.children()
				+ Duration.ofSeconds(8).toNanos();
	}

	private void stopAndFinish() {
		this.stopRequested = true;
		post(new Input.Stop(this.schedule.urgentStop), 0);
		if (this.schedule.doubleStop) {
			post(new Input.Stop(this.schedule.random.nextBoolean()), 20 * SimulatedChild.MILLI);
		}
		long grace = this.schedule.settings.gracePeriod().toNanos();
		long pause = Math.max(0, this.pausedUntil - this.clock.nanos());
		runUntil(this.clock.nanos() + pause + grace + Duration.ofSeconds(1).toNanos());
		this.invariants.afterStop();
	}

	private void runUntil(long end) {
		while (this.clock.nanos() < end && !this.supervisor.isTerminated()) {
			long turnAt = this.inbox.isEmpty() ? this.supervisor.nextDeadline() : this.clock.nanos();
			long next = Math.min(end, Math.min(this.clock.nextAction(), Math.max(turnAt, this.pausedUntil)));
			this.clock.advanceTo(next);
			boolean due = !this.inbox.isEmpty() || this.supervisor.nextDeadline() <= this.clock.nanos();
			if (due && this.clock.nanos() >= this.pausedUntil) {
				List<Input> inputs = this.inbox;
				this.inbox = new ArrayList<>();
				this.invariants.beforeTurn(inputs);
				notBusy();
				this.supervisor.turn(inputs);
				this.invariants.afterTurn();
			}
			this.invariants.afterStep();
		}
	}

	private void notBusy() {
		this.turnsAtThisTime = (this.clock.nanos() == this.turnAt) ? this.turnsAtThisTime + 1 : 0;
		this.turnAt = this.clock.nanos();
		if (this.turnsAtThisTime > MAX_TURNS_AT_ONE_TIME) {
			throw new AssertionError("The supervisor turns without end: its next deadline stays in the past");
		}
	}

	void post(Input input, long latency) {
		this.clock.after(latency, () -> this.inbox.add(input));
	}

	long latency() {
		return 50_000 + this.schedule.random.nextInt(3_000_000);
	}

	long drainTime() {
		return (long) (this.schedule.random.nextDouble() * 1.2 * this.schedule.settings.gracePeriod().toNanos());
	}

	private void failNextLaunch() {
		this.failNextLaunch = true;
	}

	static long pid(long launch) {
		return 10_000 + launch;
	}

	private void apply(Fault fault) {
		List<SimulatedChild> alive = this.children.values().stream().filter((child) -> child.alive).toList();
		switch (fault.kind()) {
			case PAUSE_MASTER -> {
				this.pausedUntil = this.clock.nanos() + fault.length() * 20;
				this.lastPauseEnd = this.pausedUntil;
			}
			case LAUNCH_FAILURE -> failNextLaunch();
			case ALL_KILLED -> alive.forEach((child) -> child.die(137));
			default -> {
				if (!alive.isEmpty()) {
					apply(fault, alive.get(fault.victim() % alive.size()));
				}
			}
		}
	}

	private void apply(Fault fault, SimulatedChild victim) {
		switch (fault.kind()) {
			case KILL -> victim.die(137);
			case CRASH -> victim.die(134);
			case EXIT_ZERO -> victim.die(0);
			case STOP -> victim.stop(fault.length());
			case TERM -> victim.leave();
			case LOSE_CHANNEL -> victim.loseChannel();
			case REFUSE -> {
				if (victim.ready) {
					victim.readiness(false);
					this.clock.after(fault.length(), () -> victim.readiness(victim.alive));
				}
			}
			case BLOCK -> {
				if (victim.ready) {
					int listener = fault.victim() % this.listenerCount;
					post(new Input.AcceptBlocked(victim.launch, listener, true), latency());
					this.clock.after(fault.length(),
							() -> post(new Input.AcceptBlocked(victim.launch, listener, false), latency()));
				}
			}
			default -> throw new IllegalStateException("Not a fault of a child: " + fault);
		}
	}

	private final class SimulatedProcesses implements Processes {

		@Override
		public long launch(long launch, int slot, int generation) {
			Simulation.this.invariants.beforeLaunch(slot);
			if (Simulation.this.failNextLaunch) {
				Simulation.this.failNextLaunch = false;
				Simulation.this.invariants.launchFailed();
				throw new ChildStartException(slot, null, "no process", null);
			}
			SimulatedChild child = new SimulatedChild(Simulation.this, launch, slot,
					Simulation.this.schedule.nextBoot());
			Simulation.this.children.put(launch, child);
			child.start();
			return pid(launch);
		}

		@Override
		public void terminate(long launch) {
			SimulatedChild child = Simulation.this.children.get(launch);
			if (!Simulation.this.schedule.ignoresDrain(launch)) {
				child.leave();
			}
		}

		@Override
		public void kill(long launch) {
			Simulation.this.children.get(launch).die(137);
		}

	}

	private final class SimulatedMessenger implements Messenger {

		@Override
		public void passListeners(long launch, int own) {
			Simulation.this.children.get(launch).passed(Simulation.this.listenerCount);
		}

		@Override
		public void accept(long launch, long version, Set<Integer> listeners) {
			Simulation.this.sent.put(launch, listeners);
			Simulation.this.children.get(launch).accept(version, listeners);
		}

		@Override
		public void closeListeners(long launch, long request, Set<Integer> listeners, boolean last) {
			Simulation.this.children.get(launch).close(request, listeners, last);
		}

		@Override
		public void drain(long launch) {
			Simulation.this.children.get(launch).drain();
		}

		@Override
		public void forget(long launch) {
			Simulation.this.forgotten.add(launch);
		}

	}

	private final class SimulatedListeners implements Listeners {

		@Override
		public int count() {
			return Simulation.this.listenerCount;
		}

		@Override
		public void listen() {
			Simulation.this.listening = true;
		}

		@Override
		public int queueLength(int listener) {
			// Connections come all the time, so a queue is empty only if somebody accepts
			boolean accepted = Simulation.this.children.values()
				.stream()
				.anyMatch((child) -> child.alive && !child.stopped && child.accepting.contains(listener));
			return accepted ? 0 : 1;
		}

		@Override
		public void close() {
			Simulation.this.masterClosed = true;
		}

	}

	private final class SimulatedAnnouncer implements Announcer {

		@Override
		public void publish(PreforkEvent event) {
			Simulation.this.events.add(event);
			Simulation.this.invariants.published(event);
			if (event.getClass() == Simulation.this.schedule.failingHook) {
				throw new IllegalStateException("Planned failure of a listener");
			}
		}

		@Override
		public void hookFailed(PreforkEvent event, RuntimeException failure) {
		}

		@Override
		public void readiness(boolean accepting) {
		}

		@Override
		public void started() {
			Simulation.this.started = true;
		}

		@Override
		public void stopped(@Nullable PreforkException cause) {
			Simulation.this.stopped = true;
			Simulation.this.cause = cause;
		}

		@Override
		public void log(String line) {
		}

	}

}
