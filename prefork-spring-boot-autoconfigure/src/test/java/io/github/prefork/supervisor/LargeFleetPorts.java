package io.github.prefork.supervisor;

import java.util.Set;

import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside of the supervisor of a {@link LargeFleet}. Each call is counted.
 */
final class LargeFleetPorts {

	private final LargeFleet fleet;

	private final Steps steps;

	LargeFleetPorts(LargeFleet fleet) {
		this.fleet = fleet;
		this.steps = fleet.steps;
	}

	Ports ports() {
		return new Ports(this::nanos, new FakeProcesses(), new FakeMessenger(), new FakeListeners(),
				new FakeAnnouncer(), this.fleet.random());
	}

	private long nanos() {
		this.steps.port();
		return this.fleet.clock.nanos();
	}

	private LargeFleet.FakeChild child(long launch) {
		return this.fleet.children.get(launch);
	}

	private final class FakeProcesses implements Processes {

		@Override
		public long launch(long launch, int slot, int generation) {
			LargeFleetPorts.this.steps.port();
			LargeFleetPorts.this.fleet.launched(launch, slot);
			return launch;
		}

		@Override
		public ProcessLook look(long launch) {
			return ProcessLook.NONE;
		}

		@Override
		public long requests(long launch) {
			return 0;
		}

		@Override
		public long residentMemory(long launch) {
			return 0;
		}

		@Override
		public void terminate(long launch) {
			LargeFleetPorts.this.steps.port();
			child(launch).drain();
		}

		@Override
		public void kill(long launch) {
			LargeFleetPorts.this.steps.port();
			LargeFleetPorts.this.fleet.killed++;
			child(launch).die(137);
		}

	}

	private final class FakeMessenger implements Messenger {

		@Override
		public void passListeners(long launch, int own) {
			LargeFleetPorts.this.steps.message();
			child(launch).passed();
		}

		@Override
		public void passMore(long launch, int first) {
			throw new IllegalStateException("No listener is added here");
		}

		@Override
		public void accept(long launch, long version, Set<Integer> listeners) {
			LargeFleetPorts.this.steps.message();
			child(launch).accept(version, listeners);
		}

		@Override
		public void assign(long launch, int slot) {
			throw new IllegalStateException("There is no standby here");
		}

		@Override
		public void lead(long launch, boolean leader) {
			LargeFleetPorts.this.steps.message();
		}

		@Override
		public void survey(long launch, int children) {
			LargeFleetPorts.this.steps.message();
		}

		@Override
		public void closeListeners(long launch, long request, Set<Integer> listeners, boolean last) {
			LargeFleetPorts.this.steps.message();
			child(launch).close(request, listeners);
		}

		@Override
		public void examine(long launch) {
			throw new IllegalStateException("Nobody hangs here");
		}

		@Override
		public void drain(long launch) {
			LargeFleetPorts.this.steps.message();
			child(launch).drain();
		}

		@Override
		public void forget(long launch) {
			LargeFleetPorts.this.steps.message();
			LargeFleetPorts.this.fleet.children.remove(launch);
		}

	}

	private final class FakeListeners implements Listeners {

		@Override
		public int count() {
			LargeFleetPorts.this.steps.port();
			return LargeFleetPorts.this.fleet.listeners();
		}

		@Override
		public void add(int more) {
			throw new IllegalStateException("No listener is added here");
		}

		@Override
		public void listen() {
			LargeFleetPorts.this.steps.port();
		}

		@Override
		public int queueLength(int listener) {
			LargeFleetPorts.this.steps.port();
			return 0;
		}

		@Override
		public boolean alert() {
			LargeFleetPorts.this.steps.port();
			return true;
		}

		@Override
		public void close() {
			LargeFleetPorts.this.steps.port();
		}

	}

	private final class FakeAnnouncer implements Announcer {

		@Override
		public void publish(PreforkEvent event) {
			LargeFleetPorts.this.steps.port();
			LargeFleetPorts.this.fleet.published(event);
		}

		@Override
		public void hookFailed(PreforkEvent event, RuntimeException failure) {
			throw failure;
		}

		@Override
		public void readiness(boolean accepting) {
			LargeFleetPorts.this.steps.port();
			LargeFleetPorts.this.fleet.refusing = !accepting;
		}

		@Override
		public void finished(long request, OperationResult result) {
			throw new IllegalStateException("Nobody asked for a rollout");
		}

		@Override
		public void started() {
			LargeFleetPorts.this.steps.port();
		}

		@Override
		public void stopped(@Nullable PreforkException cause) {
			LargeFleetPorts.this.steps.port();
			LargeFleetPorts.this.fleet.cause = cause;
		}

		@Override
		public void log(String line) {
		}

	}

}
