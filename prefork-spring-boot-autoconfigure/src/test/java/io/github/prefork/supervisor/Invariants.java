package io.github.prefork.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import io.github.prefork.FleetReady;
import io.github.prefork.HookFailedException;
import io.github.prefork.MasterReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RecoveryExceeded;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has to hold in every simulated life, whatever happens.
 */
final class Invariants {

	private final Simulation world;

	private final SupervisorSettings settings;

	private final Map<Integer, Long> uncoveredSince = new HashMap<>();

	private final Deque<Long> losses = new ArrayDeque<>();

	private final Set<Long> left = new HashSet<>();

	private final Set<Long> spawned = new HashSet<>();

	private final Set<Long> ready = new HashSet<>();

	private final Set<Long> exited = new HashSet<>();

	private final Set<Long> saidReady = new HashSet<>();

	private final Set<Long> disconnected = new HashSet<>();

	private final Map<Long, Set<Integer>> blocked = new HashMap<>();

	private final Set<Long> endedBeforeStop = new HashSet<>();

	private int masterReady;

	private int fleetReady;

	private boolean exceeded;

	private boolean stopSeen;

	private boolean everReady;

	Invariants(Simulation world) {
		this.world = world;
		this.settings = world.schedule.settings;
	}

	void beforeTurn(List<Input> inputs) {
		for (Input input : inputs) {
			this.stopSeen = this.stopSeen || input instanceof Input.Stop;
			if (input instanceof Input.Exited exit && !this.stopSeen) {
				this.endedBeforeStop.add(Simulation.pid(exit.launch()));
			}
			if (input instanceof Input.Readiness readiness && readiness.accepting()) {
				this.saidReady.add(readiness.launch());
			}
			if (input instanceof Input.ChannelClosed closed) {
				this.disconnected.add(closed.launch());
			}
			if (input instanceof Input.AcceptBlocked block) {
				Set<Integer> listeners = this.blocked.computeIfAbsent(block.launch(), (key) -> new HashSet<>());
				if (block.blocked()) {
					listeners.add(block.listener());
				}
				else {
					listeners.remove(block.listener());
				}
			}
			if (input instanceof Input.Exited exit && !this.stopSeen) {
				this.endedBeforeStop.add(Simulation.pid(exit.launch()));
			}
			if (input instanceof Input.Readiness readiness && readiness.accepting()) {
				this.saidReady.add(readiness.launch());
			}
			if (input instanceof Input.ChannelClosed closed) {
				this.disconnected.add(closed.launch());
			}
			if (input instanceof Input.AcceptBlocked block) {
				Set<Integer> listeners = this.blocked.computeIfAbsent(block.launch(), (key) -> new HashSet<>());
				if (block.blocked()) {
					listeners.add(block.listener());
				}
				else {
					listeners.remove(block.listener());
				}
			}
			if (input instanceof Input.Leaving leaving && isReady(leaving.launch()) && !this.stopSeen
					&& this.left.add(leaving.launch())) {
				lost();
			}
		}
	}

	void launchFailed() {
		if (this.everReady) {
			lost();
		}
	}

	private boolean isReady(long launch) {
		return this.saidReady.contains(launch) && !this.exited.contains(Simulation.pid(launch));
	}

	void beforeLaunch(int slot) {
		assertThat(this.stopSeen).as("no launch after a stop").isFalse();
		long live = this.world.supervisor.fleet()
			.children()
			.stream()
			.filter((member) -> member.state() != ChildState.LEAVING)
			.filter((member) -> !this.exited.contains(member.identity().pid()))
			.peek((member) -> assertThat(member.identity().slot()).as("an empty slot").isNotEqualTo(slot))
			.count();
		assertThat(live).as("children that do not leave").isLessThan(this.settings.children());
	}

	void afterTurn() {
		Fleet fleet = this.world.supervisor.fleet();
		if (!this.stopSeen && !this.world.stopped && !this.masterStops()) {
			tableCoversEveryListener(fleet);
		}
		if (this.exceeded) {
			assertThat(this.masterStops()).as("stops when the threshold is exceeded").isTrue();
		}
		else if (this.losses.size() > this.settings.recovery().threshold() && this.everReady && !this.stopSeen) {
			assertThat(this.masterStops()).as("%s losses exceed the threshold", this.losses.size()).isTrue();
		}
	}

	private boolean masterStops() {
		return this.world.masterClosed;
	}

	private void tableCoversEveryListener(Fleet fleet) {
		List<Long> ready = fleet.children()
			.stream()
			.filter((member) -> member.state() == ChildState.READY)
			.map((member) -> member.identity().pid() - 10_000)
			.filter((launch) -> !this.disconnected.contains(launch))
			.toList();
		Set<Long> stalled = fleet.children()
			.stream()
			.filter(Fleet.Member::stalled)
			.map((member) -> member.identity().pid() - 10_000)
			.collect(Collectors.toSet());
		for (int i = 0; i < this.world.listenerCount; i++) {
			int listener = i;
			List<Long> able = ready.stream().filter((launch) -> !isBlocked(launch, listener)).toList();
			List<Long> responsive = able.stream().filter((launch) -> !stalled.contains(launch)).toList();
			assertThat(able.isEmpty() || isSent(able, listener)).as("a ready child is to accept on %s", listener)
				.isTrue();
			assertThat(responsive.isEmpty() || isSent(responsive, listener))
				.as("a responsive child is to accept on %s", listener)
				.isTrue();
		}
	}

	private boolean isBlocked(long launch, int listener) {
		return this.blocked.getOrDefault(launch, Set.of()).contains(listener);
	}

	private boolean isSent(List<Long> launches, int listener) {
		return launches.stream()
			.anyMatch((launch) -> this.world.sent.getOrDefault(launch, Set.of()).contains(listener));
	}

	void afterStep() {
		if (this.stopSeen || masterStops() || this.world.stopRequested) {
			return;
		}
		long now = this.world.clock.nanos();
		boolean somebodyServes = this.world.children.values().stream().anyMatch((child) -> runs(child, now));
		boolean paused = now < this.world.lastPauseEnd + tolerance();
		for (int i = 0; i < this.world.listenerCount; i++) {
			int listener = i;
			boolean covered = paused || !somebodyServes
					|| this.world.children.values()
						.stream()
						.anyMatch((child) -> child.alive && !child.stopped && child.accepting.contains(listener));
			if (covered) {
				this.uncoveredSince.remove(listener);
				continue;
			}
			long since = this.uncoveredSince.computeIfAbsent(listener, (key) -> now);
			assertThat(now - since).as("nobody accepts on listener %s although a child could", listener)
				.isLessThan(tolerance());
		}
	}

	private boolean runs(SimulatedChild child, long now) {
		return child.alive && child.connected && child.ready && !child.stopped
				&& now - child.runningSince > tolerance();
	}

	private long tolerance() {
		return this.settings.stallTimeout().toNanos() + 100 * SimulatedChild.MILLI;
	}

	void published(PreforkEvent event) {
		if (event instanceof ChildSpawned child) {
			assertThat(this.spawned.add(child.pid())).as("spawned once").isTrue();
		}
		else if (event instanceof ChildReady child) {
			assertThat(this.spawned).as("spawned before ready").contains(child.pid());
			assertThat(this.ready.add(child.pid())).as("ready once").isTrue();
			this.everReady = true;
		}
		else if (event instanceof ChildRecovered child) {
			assertThat(this.ready).as("ready before recovered").contains(child.newPid());
			assertThat(this.exited.contains(child.oldPid()) || this.left.contains(child.oldPid() - 10_000))
				.as("the old child is gone or leaves")
				.isTrue();
			assertThat(child.newPid()).isNotEqualTo(child.oldPid());
		}
		else if (event instanceof MasterReady) {
			assertThat(++this.masterReady).as("master ready once").isEqualTo(1);
			assertThat(this.spawned).hasSizeGreaterThanOrEqualTo(this.settings.children());
		}
		else if (event instanceof FleetReady fleet) {
			assertThat(++this.fleetReady).as("fleet ready once").isEqualTo(1);
			assertThat(fleet.children()).hasSize(this.settings.children());
		}
		else if (event instanceof ChildExited child) {
			exited(child);
		}
		else if (event instanceof RecoveryExceeded) {
			assertThat(this.losses.size()).as("losses when the threshold is said to be exceeded")
				.isGreaterThan(this.settings.recovery().threshold());
			this.exceeded = true;
		}
	}

	private void exited(ChildExited child) {
		assertThat(this.spawned).as("spawned before exited").contains(child.pid());
		assertThat(this.exited.add(child.pid())).as("exited once").isTrue();
		if (this.stopSeen && !this.endedBeforeStop.contains(child.pid())) {
			assertThat(child.planned()).as("an exit after the stop is planned").isTrue();
		}
		if (!child.planned() && this.everReady && !this.left.contains(child.pid() - 10_000)) {
			lost();
		}
		assertThat(child.planned() && child.reason() == ExitReason.CRASHED).isFalse();
	}

	private void lost() {
		long now = this.world.clock.nanos();
		this.losses.addLast(now);
		long window = this.settings.recovery().window().toNanos();
		if (window > 0) {
			this.losses.removeIf((loss) -> now - loss >= window);
		}
	}

	void afterCalm() {
		if (this.world.supervisor.isTerminated() || masterStops()) {
			assertThat(this.world.stopped).as("stopped for a cause").isTrue();
			assertThat(this.world.cause).as("why").isNotNull();
			return;
		}
		if (this.world.schedule.bootsReliably()) {
			assertThat(this.world.started).as("started").isTrue();
			assertThat(this.world.supervisor.fleet().count(ChildState.READY)).as("ready children after a calm time")
				.isEqualTo(this.settings.children());
			accepts();
		}
	}

	private void accepts() {
		if (this.settings.owned()) {
			Map<Integer, Set<Integer>> bySlot = this.world.children.values()
				.stream()
				.filter((child) -> child.ready)
				.collect(Collectors.toMap((child) -> child.slot, (child) -> child.accepting));
			bySlot.forEach((slot, accepting) -> assertThat(accepting).as("what slot %s accepts on", slot)
				.containsExactly(slot));
		}
	}

	void afterStop() {
		assertThat(this.world.supervisor.isTerminated()).as("the stop ends in time").isTrue();
		assertThat(this.world.stopped).as("the application is told").isTrue();
		assertThat(this.world.masterClosed).as("the master's listeners are closed").isTrue();
		assertThat(this.world.children.values()).as("no process is left").allMatch((child) -> !child.alive);
		assertThat(this.world.forgotten).as("every child is forgotten").hasSameSizeAs(this.world.children.keySet());
		if (this.world.cause instanceof HookFailedException) {
			assertThat(this.world.schedule.failingHook).as("a hook was to fail").isNotNull();
		}
	}

}
