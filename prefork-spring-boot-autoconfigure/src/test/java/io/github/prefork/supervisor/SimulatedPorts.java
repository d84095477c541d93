package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.MasterReady;
import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutStarted;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside of the supervisor, in the simulation.
 */
final class SimulatedPorts {

	private static final Set<Class<?>> ABORTING = Set.of(ChildSpawned.class, MasterReady.class, ChildRecovered.class);

	private final Simulation world;

	SimulatedPorts(Simulation world) {
		this.world = world;
	}

	Ports ports() {
		return new Ports(this.world.clock, new SimulatedProcesses(), new SimulatedMessenger(), new SimulatedListeners(),
				new SimulatedAnnouncer(), this.world.schedule.random);
	}

	private SimulatedChild child(long launch) {
		SimulatedChild child = this.world.children.get(launch);
		if (child == null) {
			throw new IllegalArgumentException("Never launched: " + launch);
		}
		return child;
	}

	private final class SimulatedProcesses implements Processes {

		private final Simulation world = SimulatedPorts.this.world;

		@Override
		public long launch(long launch, int slot, int generation) {
			this.world.invariants.beforeLaunch(slot, generation);
			if (this.world.failNextLaunch) {
				this.world.failNextLaunch = false;
				this.world.losses.notLaunched(place());
				throw new ChildStartException(slot, null, "no process", null);
			}
			SimulatedChild child = new SimulatedChild(this.world, launch, slot, generation, boot(launch));
			this.world.children.put(launch, child);
			this.world.losses.launched(place(), launch);
			child.start();
			return Simulation.pid(launch);
		}

		private Schedule.Boot boot(long launch) {
			Schedule.Boot boot = this.world.schedule.nextBoot();
			if (!this.world.special) {
				return boot;
			}
			this.world.specialLaunches.add(launch);
			return this.world.schedule.specialBoot(launch, boot);
		}

		@Override
		public boolean discard(long launch) {
			this.world.invariants.discards(child(launch));
			boolean special = this.world.specialLaunches.remove(launch);
			this.world.special = this.world.special && !special;
			return special;
		}

		@Override
		public void forget(long launch) {
			this.world.invariants.forgets(child(launch));
		}

		/** Unlike the slot it tells one standby from the others. */
		private int place() {
			return Objects.requireNonNull(this.world.supervisor.launching()).index;
		}

		@Override
		public ProcessLook look(long launch) {
			SimulatedChild child = child(launch);
			return (child.alive) ? new ProcessLook(child.stopped, false, Duration.ofNanos(this.world.clock.nanos() / 2))
					: ProcessLook.NONE;
		}

		@Override
		public long requests(long launch) {
			return child(launch).requests();
		}

		@Override
		public long residentMemory(long launch) {
			return child(launch).memory();
		}

		@Override
		public void terminate(long launch) {
			this.world.losses.terminated(launch);
			child(launch).leave();
		}

		@Override
		public void kill(long launch) {
			this.world.told.killed.add(launch);
			if (!this.world.told.left.contains(launch)) {
				this.world.told.condemned.add(launch);
			}
			this.world.invariants.killed();
			child(launch).die(137);
		}

	}

	private final class SimulatedMessenger implements Messenger {

		private final Simulation world = SimulatedPorts.this.world;

		@Override
		public void passListeners(long launch, int own) {
			child(launch).passed(this.world.listenerCount);
		}

		@Override
		public void passMore(long launch, int first) {
			child(launch).passedMore(first, this.world.listenerCount);
		}

		@Override
		public void accept(long launch, long version, Set<Integer> listeners) {
			Set<Integer> withdrawn = new HashSet<>(this.world.told.sent(launch));
			withdrawn.removeAll(listeners);
			this.world.invariants.withdrawn(launch, withdrawn);
			this.world.invariants.assigned(launch, listeners);
			this.world.told.send(launch, version, listeners);
			child(launch).accept(version, listeners);
		}

		@Override
		public void assign(long launch, int slot) {
			this.world.invariants.assigns(launch, slot);
			this.world.losses.slotAssigned(launch, slot);
			child(launch).assign(slot);
		}

		@Override
		public void lead(long launch, boolean leader) {
			this.world.invariants.leads(launch, leader);
			child(launch).lead(leader);
		}

		@Override
		public void survey(long launch, int children) {
			this.world.invariants.surveys(launch);
		}

		@Override
		public void closeListeners(long launch, long request, Set<Integer> listeners, boolean last) {
			Set<Integer> withdrawn = new HashSet<>(this.world.told.sent(launch));
			withdrawn.retainAll(listeners);
			this.world.invariants.withdrawn(launch, withdrawn);
			this.world.told.sendClose(launch, listeners);
			child(launch).close(request, listeners, last);
		}

		@Override
		public void examine(long launch) {
			this.world.invariants.examined(child(launch));
			child(launch).examine();
		}

		@Override
		public void drain(long launch) {
			this.world.invariants.drains(launch);
			child(launch).drain();
		}

		@Override
		public void forget(long launch) {
			this.world.forgotten.add(launch);
		}

	}

	private final class SimulatedListeners implements Listeners {

		private final Simulation world = SimulatedPorts.this.world;

		@Override
		public int count() {
			return this.world.listenerCount;
		}

		@Override
		public void add(int more) {
			if (this.world.failNextListener) {
				this.world.failNextListener = false;
				throw new IllegalStateException("no descriptors");
			}
			this.world.listenerCount += more;
		}

		@Override
		public void listen() {
		}

		@Override
		public int queueLength(int listener) {
			// Connections come all the time, so a queue is empty only if somebody accepts
			return this.world.isAccepted(listener) ? 0 : 1;
		}

		@Override
		public boolean alert() {
			return this.world.alert();
		}

		@Override
		public void close() {
			if (!this.world.masterClosed) {
				this.world.masterClosed = true;
				this.world.invariants.stopBegins();
			}
		}

	}

	private final class SimulatedAnnouncer implements Announcer {

		private final Simulation world = SimulatedPorts.this.world;

		@Override
		public void publish(PreforkEvent event) {
			this.world.events.add(event);
			if (event instanceof RolloutStarted rollout && rollout.cause() == RolloutCause.RESTART) {
				this.world.special = this.world.schedule.special();
			}
			this.world.invariants.published(event);
			if (event.getClass() == this.world.schedule.failingHook) {
				this.world.failedHooks++;
				this.world.hookFailed = this.world.hookFailed || aborts(event);
				throw new IllegalStateException("Planned failure of a listener");
			}
		}

		@Override
		public void hookFailed(PreforkEvent event, RuntimeException failure) {
			this.world.loggedHooks++;
			if (aborts(event) && !this.world.masterClosed) {
				throw new AssertionError("The failed hook has to end the fleet: " + event);
			}
		}

		private boolean aborts(PreforkEvent event) {
			return this.world.settings.hooks() == HookRule.ABORT && ABORTING.contains(event.getClass());
		}

		@Override
		public void readiness(boolean accepting) {
			this.world.accepting = accepting;
		}

		@Override
		public void finished(long request, OperationResult result) {
			this.world.invariants.finished(request, result);
		}

		@Override
		public void started() {
			this.world.started = true;
		}

		@Override
		public void stopped(@Nullable PreforkException cause) {
			this.world.stopped++;
			this.world.cause = cause;
		}

		@Override
		public void log(String line) {
		}

	}

}
