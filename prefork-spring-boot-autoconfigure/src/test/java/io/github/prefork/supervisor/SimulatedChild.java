package io.github.prefork.supervisor;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A child process as it would behave: it boots, holds listeners, sends heartbeats, obeys,
 * and is subject to faults. While it is stopped nothing of that happens.
 */
final class SimulatedChild {

	static final long MILLI = 1_000_000L;

	final long launch;

	final int slot;

	private final Simulation world;

	private final Schedule.Boot boot;

	boolean alive = true;

	boolean ready;

	boolean stopped;

	boolean leaving;

	boolean connected;

	private boolean draining;

	long runningSince;

	final Set<Integer> accepting = new HashSet<>();

	final Set<Integer> held = new HashSet<>();

	private long resumeAt;

	private long lastSaid;

	private long lastHeard;

	SimulatedChild(Simulation world, long launch, int slot, Schedule.Boot boot) {
		this.world = world;
		this.launch = launch;
		this.slot = slot;
		this.boot = boot;
	}

	void start() {
		later(this.boot.claimAfter(), this::claim);
		if (this.boot.exitCode() != null) {
			later(this.boot.readyAfter(), () -> die(this.boot.exitCode()));
		}
	}

	private void claim() {
		this.connected = true;
		say(Input.Claimed::new);
		beat();
		later(this.boot.readyAfter() / 2, () -> say(Input.ServerStarting::new));
	}

	private void beat() {
		if (this.connected) {
			say(Input.Heartbeat::new);
			later(this.world.schedule.heartbeat(), this::beat);
		}
	}

	void passed(int listeners) {
		hear(() -> {
			for (int i = 0; i < listeners; i++) {
				int listener = i;
				this.held.add(listener);
				say((launch) -> new Input.ListenerHeld(launch, listener));
			}
			if (this.boot.exitCode() == null) {
				later(this.boot.readyAfter() / 2, () -> readiness(true));
			}
		});
	}

	void readiness(boolean accepting) {
		if (!this.leaving && this.connected) {
			this.ready = accepting;
			this.runningSince = this.world.clock.nanos();
			say((launch) -> new Input.Readiness(launch, accepting));
		}
	}

	void accept(long version, Set<Integer> listeners) {
		hear(() -> {
			this.accepting.clear();
			this.accepting.addAll(listeners);
			this.accepting.retainAll(this.held);
			say((launch) -> new Input.Accepting(launch, version));
		});
	}

	void close(long request, Set<Integer> listeners, boolean last) {
		hear(() -> {
			this.held.removeAll(listeners);
			this.accepting.removeAll(listeners);
			if (last) {
				this.world.ended.addAll(listeners);
			}
			say((launch) -> new Input.ListenersClosed(launch, request));
		});
	}

	void leave() {
		later(0, () -> {
			if (!this.leaving && this.connected) {
				this.leaving = true;
				this.ready = false;
				say(Input.Leaving::new);
				later(this.world.schedule.drain(), () -> drained());
			}
			else if (!this.connected) {
				die(143);
			}
		});
	}

	void drain() {
		hear(() -> {
			if (!this.draining) {
				this.draining = true;
				this.leaving = true;
				this.ready = false;
				later(this.world.drainTime(), this::drained);
			}
		});
	}

	private void drained() {
		if (!this.world.schedule.ignoresDrain(this.launch)) {
			die(0);
		}
	}

	void stop(long nanos) {
		this.stopped = true;
		this.resumeAt = Math.max(this.resumeAt, this.world.clock.nanos() + nanos);
		this.world.clock.at(this.resumeAt, () -> {
			if (this.world.clock.nanos() >= this.resumeAt) {
				this.stopped = false;
				this.runningSince = this.world.clock.nanos();
			}
		});
	}

	void loseChannel() {
		if (this.connected) {
			this.connected = false;
			this.lastSaid = Math.max(this.lastSaid + 1, this.world.clock.nanos() + this.world.latency());
			this.world.post(new Input.ChannelClosed(this.launch), this.lastSaid - this.world.clock.nanos());
		}
	}

	void die(int exitCode) {
		if (this.alive) {
			this.alive = false;
			this.ready = false;
			this.accepting.clear();
			this.held.clear();
			loseChannel();
			this.world.post(new Input.Exited(this.launch, exitCode), this.world.latency());
		}
	}

	private void say(Function<Long, Input> message) {
		if (this.connected) {
			this.lastSaid = Math.max(this.lastSaid + 1, this.world.clock.nanos() + this.world.latency());
			this.world.post(message.apply(this.launch), this.lastSaid - this.world.clock.nanos());
		}
	}

	// The channel keeps the order in both directions
	private void hear(Runnable action) {
		this.lastHeard = Math.max(this.lastHeard + 1, this.world.clock.nanos() + this.world.latency());
		later(this.lastHeard - this.world.clock.nanos(), action);
	}

	private void later(long nanos, Runnable action) {
		this.world.clock.after(nanos, () -> {
			if (!this.alive) {
				return;
			}
			if (this.stopped) {
				this.world.clock.at(this.resumeAt + 1, () -> later(0, action));
				return;
			}
			action.run();
		});
	}

}
