package io.github.prefork.supervisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutResult;
import io.github.prefork.RolloutStarted;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has to hold of rolling restarts.
 */
final class RolloutInvariants {

	private final Simulation world;

	private final Map<Long, RolloutResult> answers = new HashMap<>();

	private int started;

	private int ended;

	private int finished;

	private int failed;

	/** Whether the one that runs has begun because of a limit. */
	private boolean ofLimit;

	/**
	 * Whether the children of the one that runs begin by being launched in a special way.
	 */
	private boolean special;

	RolloutInvariants(Simulation world) {
		this.world = world;
	}

	boolean isRunning() {
		return this.started > this.ended;
	}

	/** Whether the one that runs was asked for. */
	boolean isRequested() {
		return isRunning() && !this.ofLimit;
	}

	/** The number of children is changed: one that nobody had asked for gives way. */
	void scaled() {
		this.ended += (isRunning() && this.ofLimit) ? 1 : 0;
	}

	void beforeLaunch(int slot, int generation) {
		Long owner = (slot >= 0) ? this.world.losses.owner(slot) : null;
		assertThat(generation).as("the generation of a launch").isEqualTo(this.started);
		if (owner != null) {
			assertThat(isRunning()).as("a launch beside a child is of a rollout").isTrue();
			assertThat(this.world.children.get(owner).generation).as("the child to replace is older")
				.isLessThan(generation);
			assertThat(alive(this.world.told.retired.stream().toList())).as("children replaced before that still live")
				.isEmpty();
		}
	}

	private List<Long> alive(List<Long> launches) {
		return launches.stream().filter((launch) -> !this.world.told.exited.contains(launch)).toList();
	}

	void published(PreforkEvent event) {
		if (event instanceof RolloutStarted rollout) {
			// One that nobody had asked for gives way to one that somebody did
			this.ended += (isRunning() && this.ofLimit && rollout.cause() != RolloutCause.LIMIT) ? 1 : 0;
			assertThat(isRunning()).as("one rollout at a time").isFalse();
			assertThat(rollout.generation()).isEqualTo(++this.started);
			this.ofLimit = rollout.cause() == RolloutCause.LIMIT;
			this.special = this.world.special;
		}
		else if (event instanceof RolloutFinished rollout && rollout.cause() == RolloutCause.LIMIT) {
			this.ended++;
			assertThat(rollout.generation()).isEqualTo(this.started);
			assertThat(rollout.replaced()).isEqualTo(1);
		}
		else if (event instanceof RolloutFailed rollout && rollout.cause() == RolloutCause.LIMIT) {
			this.ended++;
			assertThat(rollout.generation()).isEqualTo(this.started);
		}
		else if (event instanceof RolloutFinished rollout) {
			this.finished++;
			assertThat(rollout.generation()).isEqualTo(this.started);
			assertThat(rollout.replaced()).isEqualTo(this.world.scale.slots());
		}
		else if (event instanceof RolloutFailed rollout) {
			this.failed++;
			assertThat(rollout.generation()).isEqualTo(this.started);
		}
	}

	void finished(long request, RolloutResult result) {
		assertThat(this.answers.put(request, result)).as("answered once").isNull();
		if (result.outcome() == Outcome.REFUSED) {
			return;
		}
		this.ended++;
		if (result.outcome() == Outcome.FINISHED) {
			assertThat(staying()).as("children that stay after a rollout")
				.allMatch((child) -> child.generation == result.generation());
			launchedInOneWay();
		}
		else if (result.outcome() == Outcome.FAILED) {
			assertThat(this.world.told.served).as("children that serve in spite of it").isNotEmpty();
		}
	}

	private void launchedInOneWay() {
		boolean givenUp = this.special && !this.world.special;
		if (!givenUp) {
			assertThat(staying()).as("children that were launched in one way")
				.allMatch((child) -> this.world.specialLaunches.contains(child.launch) == this.special);
		}
	}

	private List<SimulatedChild> staying() {
		return this.world.children.values()
			.stream()
			.filter((child) -> !this.world.told.exited.contains(child.launch))
			.filter((child) -> !this.world.told.left.contains(child.launch))
			.toList();
	}

	void afterStop() {
		assertThat(this.answers.keySet()).as("requests that are answered")
			.containsExactlyInAnyOrderElementsOf(this.world.told.restarts);
		assertThat(isRequested()).as("a rollout that has no end").isFalse();
		if (!this.world.hookFailed) {
			// A hook that has stopped the fleet leaves out what comes after it
			assertThat(count(Outcome.FINISHED)).as("finished").isEqualTo(this.finished);
			assertThat(count(Outcome.FAILED)).as("failed").isEqualTo(this.failed);
		}
	}

	private long count(Outcome outcome) {
		return this.answers.values().stream().filter((result) -> result.outcome() == outcome).count();
	}

}
