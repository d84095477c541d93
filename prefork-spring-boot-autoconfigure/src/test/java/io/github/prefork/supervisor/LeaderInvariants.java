package io.github.prefork.supervisor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.prefork.ChildState;
import io.github.prefork.Fleet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One child leads as long as any is ready, and no second one is told so as long as the
 * first can be told otherwise.
 */
final class LeaderInvariants {

	private final Simulation world;

	private final Set<Long> leaders = new HashSet<>();

	private boolean stopping;

	private boolean surveyed;

	LeaderInvariants(Simulation world) {
		this.world = world;
	}

	void stopBegins() {
		this.stopping = true;
	}

	/** A child is told whether it leads. */
	void leads(long launch, boolean leader) {
		if (!leader) {
			assertThat(this.leaders.remove(launch)).as("one that led is told that it does not").isTrue();
			return;
		}
		this.leaders.retainAll(this.world.told.connected);
		assertThat(this.leaders).as("connected children that were told that they lead").isEmpty();
		assertThat(this.world.children.get(launch).slot).as("slot of the leader").isNotNegative();
		assertThat(this.world.told.left).as("children that leave, the leader not among them").doesNotContain(launch);
		this.leaders.add(launch);
	}

	/** A child is asked what each child does. */
	void surveys(long launch) {
		assertThat(this.surveyed).as("a second survey").isFalse();
		assertThat(this.leaders).as("who is asked leads").containsExactly(launch);
		this.surveyed = true;
	}

	/** A child is told to drain. */
	void drains(long launch) {
		assertThat(this.leaders.contains(launch) && !this.stopping).as("a leader that is let go").isFalse();
	}

	void afterTurn() {
		if (this.stopping) {
			return;
		}
		List<Fleet.Member> ready = this.world.supervisor.fleet()
			.children()
			.stream()
			.filter((member) -> member.state() == ChildState.READY
					&& this.world.told.connected.contains(Simulation.launch(member.identity().pid())))
			.toList();
		if (!ready.isEmpty()) {
			assertThat(ready.get(0).leader()).as("the ready child in the lowest slot leads").isTrue();
			assertThat(this.leaders).as("who was told so").contains(Simulation.launch(ready.get(0).identity().pid()));
		}
	}

	/** When nothing is under way any more. */
	void afterCalm() {
		assertThat(this.world.children.values().stream().filter((child) -> child.alive && child.leader))
			.as("children that take themselves for the leader")
			.hasSize(1)
			.allMatch((child) -> child.slot == 0);
	}

}
