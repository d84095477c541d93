package io.github.prefork.supervisor;

import java.util.Set;

import io.github.prefork.ChildState;
import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutResult;
import io.github.prefork.RolloutStarted;
import io.github.prefork.ScaleResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has to hold in every simulated life, whatever happens.
 */
final class Invariants {

	private final Simulation world;

	private final AcceptInvariants accept;

	private final LifeInvariants life;

	private final RolloutInvariants rollout;

	private final RecycleInvariants recycle;

	private final StopInvariants stop;

	private final LeaderInvariants leader;

	Invariants(Simulation world) {
		this.world = world;
		this.accept = new AcceptInvariants(world);
		this.life = new LifeInvariants(world);
		this.rollout = new RolloutInvariants(world);
		this.recycle = new RecycleInvariants(world);
		this.stop = new StopInvariants(world);
		this.leader = new LeaderInvariants(world);
	}

	void beforeLaunch(int slot, int generation) {
		this.world.scale.sync();
		assertThat(slot).as("a slot that there is").isLessThan(this.world.scale.slots());
		this.life.beforeLaunch(slot, generation);
		this.rollout.beforeLaunch(slot, generation);
	}

	/** A standby is given a slot. */
	void assigns(long launch, int slot) {
		Told told = this.world.told;
		assertThat(slot).as("a slot that there may be").isBetween(0, this.world.settings.maxChildren() - 1);
		assertThat(this.world.children.get(launch).slot).as("a standby").isNegative();
		assertThat(told.served.contains(launch) && told.connected.contains(launch)).as("a standby that is ready")
			.isTrue();
		assertThat(told.left.contains(launch) || told.retired.contains(launch) || told.exited.contains(launch))
			.as("a standby that leaves")
			.isFalse();
		this.life.assigns(launch, slot);
	}

	void finished(long request, OperationResult result) {
		if (result instanceof RolloutResult rolledOut) {
			this.rollout.finished(request, rolledOut);
		}
		else if (result instanceof ScaleResult scaled) {
			this.world.scale.finished(request, scaled);
			if (scaled.outcome() != OperationResult.Outcome.REFUSED) {
				this.rollout.scaled();
			}
		}
	}

	/** Whether a launch is to be given up is asked. */
	void discards(SimulatedChild child) {
		this.life.discards(child);
	}

	/** Nothing more is asked about a launch. */
	void forgets(SimulatedChild child) {
		this.life.forgets(child);
	}

	boolean rollsOut() {
		return this.rollout.isRunning();
	}

	/** Whether a rolling restart that is asked for now begins. */
	boolean mayRestart() {
		return !this.rollout.isRequested() && !this.world.scale.isRunning() && !this.world.told.served.isEmpty()
				&& this.world.told.attached;
	}

	void published(PreforkEvent event) {
		assertThat(this.world.told.attached).as("an event before the application is there").isTrue();
		this.life.published(event);
		this.rollout.published(event);
		this.world.scale.published(event);
		this.recycle.published(event);
		if (event instanceof RolloutStarted begun && begun.cause() != RolloutCause.LIMIT) {
			this.life.countLossesAnew();
		}
	}

	/** A child is told to accept, or to close. */
	void withdrawn(long launch, Set<Integer> listeners) {
		if (!this.world.masterClosed) {
			this.accept.withdrawn(launch, listeners);
		}
	}

	void assigned(long launch, Set<Integer> listeners) {
		this.accept.assigned(launch, listeners);
	}

	void stopBegins() {
		this.life.stopBegins();
		this.stop.stopBegins();
		this.leader.stopBegins();
	}

	/** A child is asked where it is stuck. */
	void examined(SimulatedChild child) {
		if (this.world.told.served.contains(child.launch)) {
			this.world.losses.hung(child.launch);
			this.life.hung(child);
		}
		else {
			// It boots too long, and whatever it still says is too late
			this.world.told.killed.add(child.launch);
			this.world.told.condemned.add(child.launch);
		}
	}

	/** A child is told whether it leads. */
	void leads(long launch, boolean leads) {
		this.leader.leads(launch, leads);
	}

	/** A child is asked what each child does. */
	void surveys(long launch) {
		this.leader.surveys(launch);
	}

	void drains(long launch) {
		this.leader.drains(launch);
		this.stop.drains(launch);
	}

	void closed(Set<Integer> listeners) {
		this.stop.closed(listeners);
	}

	void killed() {
		this.stop.killed();
	}

	void afterTurn() {
		this.world.scale.sync();
		this.life.afterTurn();
		this.recycle.afterTurn();
		this.leader.afterTurn();
		if (!this.world.masterClosed) {
			this.accept.afterTurn();
		}
	}

	void afterStep() {
		if (!this.world.masterClosed) {
			this.life.afterStep();
			this.accept.afterStep();
		}
	}

	/** Whether every slot has a ready child that is well. */
	boolean isReady() {
		return this.world.started && connected(ChildState.READY) == this.world.scale.slots()
				&& connected(ChildState.STANDBY) == this.world.settings.standby();
	}

	private long connected(ChildState state) {
		return this.world.supervisor.fleet()
			.children()
			.stream()
			.filter((member) -> member.state() == state
					&& this.world.told.connected.contains(Simulation.launch(member.identity().pid())))
			.count();
	}

	/** Whether every slot has a ready child, none else is alive, and each has its own. */
	boolean isWhole() {
		int standby = this.world.settings.standby();
		int children = this.world.scale.slots() + standby;
		return this.world.started && !this.rollout.isRunning() && !this.world.scale.isRunning()
				&& this.world.supervisor.fleet().count(ChildState.READY) == this.world.scale.slots()
				&& this.world.supervisor.fleet().count(ChildState.STANDBY) == standby
				&& this.world.told.connected.size() == children
				&& this.world.children.values().stream().filter((child) -> child.alive).count() == children
				&& this.accept.settled();
	}

	void afterCalm() {
		if (this.world.supervisor.isTerminated()) {
			assertThat(this.world.cause).as("why the fleet has ended").isNotNull();
		}
		else if (this.world.losses.gaveUp()) {
			assertThat(this.world.supervisor.fleet().children()).as("survivors").isNotEmpty();
			assertThat(this.world.supervisor.fleet().recoveryExceeded()).as("the fleet says so").isTrue();
		}
		else if (this.world.schedule.bootsReliably()) {
			assertThat(this.world.started).as("started").isTrue();
			assertThat(this.world.supervisor.fleet().children()).as("ready children after a calm time")
				.filteredOn((member) -> !member.stalled()
						&& member.state() == ((member.identity().slot() >= 0) ? ChildState.READY : ChildState.STANDBY))
				.hasSize(this.world.scale.slots() + this.world.settings.standby());
			if (this.world.settings.recycle().isOff()) {
				assertThat(isWhole()).as("each child accepts on its own and no other process is left").isTrue();
				this.leader.afterCalm();
			}
		}
	}

	void afterStop() {
		this.stop.afterStop();
		this.rollout.afterStop();
		this.world.scale.afterStop();
		this.life.afterStop();
	}

}
