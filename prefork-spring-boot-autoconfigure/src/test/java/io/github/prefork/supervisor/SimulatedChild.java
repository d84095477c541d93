package io.github.prefork.supervisor;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A child process as it would behave: it boots, holds listeners, sends heartbeats, obeys,
 * and is subject to faults. While it is stopped nothing of that happens. What it says and
 * what it is told arrives in order.
 */
final class SimulatedChild {

	static final long MILLI = 1_000_000L;

	private static final long CHECK_OF_MASTER = 100 * MILLI;

	final long launch;

	/** Negative in a standby. */
	int slot;

	final int generation;

	final Schedule.Boot boot;

	final Set<Integer> accepting = new HashSet<>();

	final Set<Integer> held = new HashSet<>();

	final Set<Integer> failing = new HashSet<>();

	boolean alive = true;

	boolean ready;

	boolean stopped;

	boolean everStopped;

	boolean connected;

	boolean lostChannel;

	/** When it was last hindered or began to serve. */
	long disturbedAt;

	private final Simulation world;

	boolean everBlocked;

	/** Whether it has ended for want of memory, and said so. */
	boolean outOfMemory;

	/** Whether somebody outside of the fleet has killed it. */
	boolean killed;

	/** Whether the master has given it up. */
	boolean examined;

	/** When it last sent a heartbeat. */
	long lastBeat;

	/** Whether it takes itself for the leader. */
	boolean leader;

	/** For how long its event loop was blocked when it last sent a heartbeat. */
	long loopBlockedFor;

	long longestBlock;

	long longestSilence;

	private boolean leaving;

	private boolean going;

	private boolean closing;

	private long resumeAt;

	private long loopBlockedUntil;

	private long lastSaid;

	private long lastTold;

	private long lastOnLoop;

	/** When it was ready for the first time, 0 before. */
	private long readyAt;

	SimulatedChild(Simulation world, long launch, int slot, int generation, Schedule.Boot boot) {
		this.world = world;
		this.launch = launch;
		this.slot = slot;
		this.generation = generation;
		this.boot = boot;
	}

	void start() {
		later(this.boot.claim(), this::claim);
	}

	private void claim() {
		this.connected = true;
		this.lastBeat = this.world.clock.nanos();
		say(Input.Claimed::new);
		if (this.world.schedule.debugged(this.launch)) {
			say(Input.Debugged::new);
		}
		beat();
		later(this.boot.server(), () -> say(Input.ServerStarting::new));
		if (this.boot.exitCode() != null && this.boot.ready() < this.boot.server()) {
			later(this.boot.ready(), () -> die(this.boot.exitCode()));
		}
	}

	private void beat() {
		if (this.connected) {
			long interval = this.world.schedule.heartbeat();
			this.loopBlockedFor = (loopBlocked()) ? this.loopBlockedFor + interval : 0;
			this.longestBlock = Math.max(this.longestBlock, this.loopBlockedFor);
			this.longestSilence = Math.max(this.longestSilence, this.world.clock.nanos() - this.lastBeat);
			this.lastBeat = this.world.clock.nanos();
			say((launch) -> (this.loopBlockedFor > 0) ? new Input.LoopBlocked(launch, this.loopBlockedFor)
					: new Input.Heartbeat(launch));
			later(interval, this::beat);
		}
	}

	void passed(int listeners) {
		told(() -> {
			for (int i = 0; i < listeners; i++) {
				int listener = i;
				this.held.add(listener);
				say((launch) -> new Input.ListenerHeld(launch, listener));
			}
			Integer exitCode = this.boot.exitCode();
			later(this.boot.ready(), () -> {
				if (exitCode != null) {
					die(exitCode);
				}
				else {
					readiness(true);
				}
			});
		});
	}

	void passedMore(int first, int listeners) {
		told(() -> onLoop(() -> {
			for (int i = first; i < listeners && !this.closing; i++) {
				int listener = i;
				disturbed();
				this.held.add(listener);
				say((launch) -> new Input.ListenerHeld(launch, listener));
			}
		}));
	}

	void readiness(boolean accepting) {
		if (!this.leaving && !this.going && this.connected && this.ready != accepting) {
			this.ready = accepting;
			this.readyAt = (this.readyAt > 0) ? this.readyAt : this.world.clock.nanos();
			disturbed();
			say((launch) -> new Input.Readiness(launch, accepting));
		}
	}

	void accept(long version, Set<Integer> listeners) {
		told(() -> onLoop(() -> {
			this.accepting.clear();
			this.accepting.addAll(listeners);
			this.accepting.retainAll(this.held);
			say((launch) -> new Input.Accepting(launch, version));
		}));
	}

	void assign(int slot) {
		this.slot = slot;
		disturbed();
	}

	void lead(boolean leader) {
		told(() -> this.leader = leader);
	}

	void close(long request, Set<Integer> listeners, boolean last) {
		told(() -> onLoop(() -> {
			this.closing = true;
			this.held.removeAll(listeners);
			this.accepting.removeAll(listeners);
			if (last) {
				this.world.ended.addAll(listeners);
			}
			else {
				this.world.closed(listeners);
			}
			say((launch) -> new Input.ListenersClosed(launch, request));
		}));
	}

	/** A SIGTERM, or something in the child has closed its context. */
	void leave() {
		later(0, () -> {
			if (!this.connected) {
				later(0, () -> end(143));
			}
			else if (!this.leaving && !this.going) {
				readiness(false);
				this.leaving = true;
				this.ready = false;
				say(Input.Leaving::new);
				later(this.world.schedule.patience(), this::go);
			}
		});
	}

	void examine() {
		this.examined = true;
		told(() -> say((launch) -> new Input.Stuck(launch, "somewhere")));
	}

	void drain() {
		told(this::go);
	}

	private void go() {
		if (!this.going) {
			this.going = true;
			this.ready = false;
			later(this.world.schedule.drainTime(), () -> end((this.leaving) ? 143 : 0));
		}
	}

	private void end(int exitCode) {
		if (!this.world.schedule.stubborn(this.launch)) {
			die(exitCode);
		}
	}

	/** Suffer one of the faults of a single child. */
	void suffer(Schedule.Fault fault, int listeners) {
		switch (fault.kind()) {
			case KILL -> kill();
			case CRASH -> die(134);
			case EXIT_ZERO -> die(0);
			case STOP -> {
				this.everStopped = true;
				pause(fault.length());
			}
			case TERM -> leave();
			case OUT_OF_MEMORY -> whenRunning(this::runOutOfMemory);
			default -> whenRunning(() -> goWrong(fault, listeners));
		}
	}

	/** A SIGKILL that the master has not sent. */
	void kill() {
		this.killed = this.killed || this.alive;
		die(137);
	}

	private void runOutOfMemory() {
		this.outOfMemory = this.connected;
		say((launch) -> new Input.OutOfMemory(launch, "no memory"));
		die(3);
	}

	private void goWrong(Schedule.Fault fault, int listeners) {
		this.world.troubleFor(fault.length());
		switch (fault.kind()) {
			case BLOCK_LOOP -> blockLoop(fault.length());
			case LOSE_CHANNEL -> {
				if (this.connected) {
					loseChannel();
				}
			}
			case REFUSE -> {
				if (this.ready) {
					readiness(false);
					later(fault.length(), () -> readiness(true));
				}
			}
			case BLOCK -> {
				if (listeners == 0) {
					return;
				}
				int listener = fault.victim() % listeners;
				if (this.accepting.contains(listener)) {
					block(listener, true);
					later(fault.length(), () -> block(listener, false));
				}
			}
			default -> throw new IllegalStateException("Not a fault of a child: " + fault);
		}
	}

	void pause(long nanos) {
		this.stopped = true;
		this.resumeAt = Math.max(this.resumeAt, this.world.clock.nanos() + nanos);
		this.world.clock.at(this.resumeAt, () -> {
			if (this.world.clock.nanos() >= this.resumeAt) {
				this.stopped = false;
				disturbed();
			}
		});
	}

	private void blockLoop(long nanos) {
		this.everBlocked = true;
		this.loopBlockedUntil = Math.max(this.loopBlockedUntil, this.world.clock.nanos() + nanos);
	}

	private void block(int listener, boolean blocked) {
		if (blocked) {
			this.failing.add(listener);
		}
		else {
			this.failing.remove(listener);
		}
		disturbed();
		say((launch) -> new Input.AcceptBlocked(launch, listener, blocked));
	}

	boolean loopBlocked() {
		return this.world.clock.nanos() < this.loopBlockedUntil;
	}

	/** Whether a connection to the listener is accepted by this child now. */
	boolean accepts(int listener) {
		return this.alive && !this.stopped && !loopBlocked() && this.accepting.contains(listener)
				&& !this.failing.contains(listener);
	}

	/** Whether it has been able to for a while. */
	boolean couldAccept(int listener, long forAWhile) {
		// That its event loop answers again is known from the next heartbeat on
		long unblockedAt = (this.everBlocked) ? this.loopBlockedUntil + this.world.schedule.heartbeat() : 0;
		long undisturbedSince = Math.max(this.disturbedAt, unblockedAt);
		boolean wanted = this.slot >= 0 && !this.examined && !this.world.told.retired.contains(this.launch);
		return this.alive && this.connected && this.ready && !this.stopped && wanted && this.held.contains(listener)
				&& !this.failing.contains(listener) && this.world.clock.nanos() - undisturbedSince > forAWhile;
	}

	private void loseChannel() {
		if (!this.connected) {
			// It has none yet, or has lost it before
			return;
		}
		this.lostChannel = true;
		endChannel();
		later(CHECK_OF_MASTER, () -> {
			this.held.clear();
			this.accepting.clear();
			go();
		});
	}

	private void endChannel() {
		if (this.connected) {
			this.connected = false;
			this.lastSaid = this.world.post(new Input.ChannelClosed(this.launch), this.lastSaid);
		}
	}

	void die(int exitCode) {
		if (this.alive) {
			this.alive = false;
			this.ready = false;
			this.accepting.clear();
			this.held.clear();
			endChannel();
			// The master may see the end before it reads what was said last
			ExitEvidence evidence = new ExitEvidence(this.outOfMemory, false, null, false);
			this.world.post(new Input.Exited(this.launch, exitCode, evidence), 0);
		}
	}

	long served() {
		return (this.readyAt > 0) ? this.world.clock.nanos() - this.readyAt : 0;
	}

	long requests() {
		return this.world.schedule.requests(this.launch, served());
	}

	long memory() {
		return this.world.schedule.memory(this.launch, served());
	}

	private void disturbed() {
		this.disturbedAt = this.world.clock.nanos();
	}

	private void say(Function<Long, Input> message) {
		if (this.connected) {
			this.lastSaid = this.world.post(message.apply(this.launch), this.lastSaid);
		}
	}

	private void told(Runnable action) {
		this.lastTold = Math.max(this.lastTold, this.world.clock.nanos() + this.world.latency());
		this.world.clock.at(this.lastTold, () -> whenRunning(() -> {
			if (this.connected) {
				action.run();
			}
		}));
	}

	private void onLoop(Runnable action) {
		this.lastOnLoop = Math.max(this.lastOnLoop, Math.max(this.loopBlockedUntil, this.world.clock.nanos()));
		this.world.clock.at(this.lastOnLoop, () -> whenRunning(action));
	}

	private void later(long nanos, Runnable action) {
		this.world.clock.after(nanos, () -> whenRunning(action));
	}

	private void whenRunning(Runnable action) {
		if (!this.alive) {
			return;
		}
		if (this.stopped) {
			this.world.clock.at(this.resumeAt + 1, () -> whenRunning(action));
			return;
		}
		action.run();
	}

}
