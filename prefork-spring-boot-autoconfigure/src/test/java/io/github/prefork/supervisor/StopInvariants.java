package io.github.prefork.supervisor;

import java.util.Set;

import io.github.prefork.HookFailedException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RecoveryExceededException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a fleet has to end.
 */
final class StopInvariants {

	private final Simulation world;

	private long stoppedAt = Deadlines.NEVER;

	StopInvariants(Simulation world) {
		this.world = world;
	}

	void stopBegins() {
		this.stoppedAt = this.world.clock.nanos();
	}

	/** A child is killed by the master. */
	void killed() {
		if (this.stoppedAt == Deadlines.NEVER || this.world.told.urgentStop) {
			return;
		}
		long since = this.world.clock.nanos() - this.stoppedAt;
		assertThat(since).as("time from the stop to a kill")
			.isGreaterThanOrEqualTo(this.world.settings.gracePeriod().toNanos());
	}

	/** A child is told to drain. */
	void drains(long launch) {
		if (undisturbed() && this.world.told.served.contains(launch)) {
			assertThat(this.world.ended).as("listeners that ended before a child drains")
				.hasSize(this.world.listenerCount);
		}
	}

	/** A child has closed listeners and left them to the others. */
	void closed(Set<Integer> listeners) {
		if (undisturbed()) {
			listeners.forEach((listener) -> assertThat(this.world.children.values())
				.as("somebody who accepts the rest of listener %s", listener)
				.anyMatch((child) -> child.accepts(listener)));
		}
	}

	private boolean undisturbed() {
		return this.stoppedAt != Deadlines.NEVER && this.world.stopsUndisturbed;
	}

	void afterStop() {
		assertThat(this.world.supervisor.isTerminated()).as("the stop ends in time").isTrue();
		assertThat(this.world.stopped).as("the application is told once").isEqualTo(1);
		assertThat(this.world.masterClosed).as("the master's listeners are closed").isTrue();
		assertThat(this.world.children.values()).as("no process is left").allMatch((child) -> !child.alive);
		assertThat(this.world.forgotten).as("every child is forgotten")
			.containsExactlyInAnyOrderElementsOf(this.world.children.keySet());
		if (undisturbed()) {
			assertThat(this.world.ended).as("listeners that ended in order").hasSize(this.world.listenerCount);
		}
		cause();
		int ending = (this.world.cause instanceof HookFailedException) ? 1 : 0;
		assertThat(this.world.loggedHooks + ending).as("failed hooks that somebody is told of")
			.isEqualTo(this.world.failedHooks);
	}

	private void cause() {
		PreforkException cause = this.world.cause;
		Class<?> end = this.world.losses.end();
		if (cause instanceof HookFailedException) {
			assertThat(this.world.hookFailed).as("a hook has failed").isTrue();
		}
		else if (cause != null && cause.getClass() == PreforkException.class) {
			assertThat(this.world.started).as("started in spite of " + cause.getMessage()).isFalse();
		}
		else if (cause instanceof RecoveryExceededException) {
			// Nobody is told, and can tell, if the application was never there
			assertThat(!this.world.told.attached
					|| this.world.events.stream().anyMatch(RecoveryExceeded.class::isInstance))
				.as("the threshold is said to be exceeded")
				.isTrue();
		}
		else if (cause != null) {
			assertThat(end).as("a reason for " + cause).isEqualTo(cause.getClass());
		}
		if (end != null) {
			assertThat(cause).as("why the fleet has ended").isInstanceOf(end);
		}
		if (cause == null) {
			assertThat(this.world.told.stop).as("a cause or a request").isTrue();
		}
	}

}
