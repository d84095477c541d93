package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.prefork.ChildState;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutStarted;
import io.github.prefork.supervisor.SupervisorSettings.Recycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What has to hold of children that are replaced because they have reached a limit.
 */
final class RecycleInvariants {

	/** Three quarters of the shortest one. */
	private static final long SHORTEST_PAUSE = Duration.ofMillis(22_500).toNanos();

	private final Simulation world;

	private final Recycle recycle;

	/** Whether nothing but limits changes this fleet. */
	private final boolean undisturbed;

	private final List<Long> failures = new ArrayList<>();

	private boolean wasReady;

	RecycleInvariants(Simulation world) {
		this.world = world;
		this.recycle = world.settings.recycle();
		this.undisturbed = world.schedule.faults.isEmpty() && world.schedule.failingHook == null;
	}

	void published(PreforkEvent event) {
		if (event instanceof RolloutStarted rollout && rollout.cause() == RolloutCause.LIMIT) {
			assertThat(this.recycle.isOff()).as("a limit that is not set").isFalse();
			assertThat(ready()).as("ready children when one is recycled").isEqualTo(desired());
			Long owner = (rollout.slot() != null) ? this.world.losses.owner(rollout.slot()) : null;
			assertThat(owner).as("the child to recycle").isNotNull();
			assertThat(mayBeReached(this.world.children.get(owner))).as("a limit that is reached: %s", rollout.reason())
				.isTrue();
			assertThat(this.failures).allMatch((failure) -> this.world.clock.nanos() - failure >= SHORTEST_PAUSE,
					"long ago");
		}
		else if (event instanceof RolloutFailed rollout && rollout.cause() == RolloutCause.LIMIT) {
			this.failures.add(this.world.clock.nanos());
		}
	}

	private boolean mayBeReached(SimulatedChild child) {
		return isReached(child.requests(), this.recycle.maxRequests())
				|| isReached(child.served(), this.recycle.maxLifetime().toNanos())
				|| isReached(child.memory(), this.recycle.maxMemory());
	}

	private boolean isReached(long used, long limit) {
		return limit > 0 && used >= (long) (limit * (1 - this.recycle.jitter()));
	}

	// The model of scaling may be a turn behind
	private int desired() {
		return this.world.supervisor.fleet().desired();
	}

	private long ready() {
		return this.world.supervisor.fleet().count(ChildState.READY);
	}

	void afterTurn() {
		if (this.undisturbed && !this.world.masterClosed) {
			this.wasReady = this.wasReady || ready() == desired();
			if (this.wasReady && ready() != desired()) {
				fail("Only %s of %s children are ready, though only limits were reached", ready(), desired());
			}
		}
	}

}
