package io.github.prefork.supervisor;

import java.util.ArrayList;
import java.util.List;

import io.github.prefork.ChildStartException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceededException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts the losses of children a second time, from what the supervisor is told, and says
 * whether the fleet has to end for it.
 */
final class LossModel {

	private static final long NOBODY = -1;

	private final Simulation world;

	private final SlotModel slots = new SlotModel();

	private final List<Long> losses = new ArrayList<>();

	private boolean exceeded;

	private boolean saidExceeded;

	private @Nullable Class<? extends PreforkException> end;

	LossModel(Simulation world) {
		this.world = world;
	}

	/** To be called before {@link Told} takes the input. */
	void take(Input input) {
		Told told = this.world.told;
		this.world.scale.take(input);
		if (told.stop) {
			return;
		}
		if (input instanceof Input.Leaving leaving && served(leaving.launch())
				&& !told.left.contains(leaving.launch())) {
			lost(leaving.launch());
		}
		else if (input instanceof Input.Exited exited) {
			exited(exited);
		}
		else if (input instanceof Input.Readiness readiness && readiness.accepting()) {
			ready(readiness.launch());
		}
		else if (input instanceof Input.Restart && !this.world.masterClosed && this.world.invariants.mayRestart()) {
			this.losses.clear();
			this.exceeded = false;
			this.saidExceeded = false;
		}
	}

	private void exited(Input.Exited exit) {
		long launch = exit.launch();
		if (isDiscarded(launch) && !isFromOutside(exit)) {
			this.slots.gone(launch);
		}
		else if (this.slots.isSuccessor(launch)) {
			this.slots.gone(launch);
		}
		else if (!this.world.told.retired.contains(launch)
				&& !(served(launch) && this.world.told.left.contains(launch))) {
			int slot = this.slots.slot(launch);
			this.slots.gone(launch);
			if (served(launch) || exceeded() || !this.world.scale.failed(slot)) {
				lost(launch);
			}
		}
	}

	/** The way in which it was launched is to blame, and given up. */
	private boolean isDiscarded(long launch) {
		return this.world.specialLaunches.contains(launch) && !served(launch) && !exceeded()
				&& !this.world.told.retired.contains(launch)
				&& (this.slots.owns(launch) || this.slots.isSuccessor(launch));
	}

	/**
	 * Somebody else has ended it, or it had no memory: that counts, however it was
	 * launched.
	 */
	private boolean isFromOutside(Input.Exited exit) {
		Told told = this.world.told;
		long launch = exit.launch();
		boolean condemned = told.condemned.contains(launch);
		boolean noMemory = told.outOfMemory.contains(launch)
				|| (exit.evidence().exitsWhenOutOfMemory() && !told.left.contains(launch));
		boolean signal = exit.exitCode() == 137 || exit.exitCode() == 143;
		return !condemned && (noMemory || signal);
	}

	private void ready(long launch) {
		Told told = this.world.told;
		if (told.left.contains(launch) || told.killed.contains(launch) || told.retired.contains(launch)) {
			return;
		}
		if (this.slots.owns(launch)) {
			this.world.scale.ready(this.slots.slot(launch));
		}
		if (this.slots.isSuccessor(launch)) {
			long old = this.slots.promoted(launch);
			told.left.add(old);
			told.retired.add(old);
		}
	}

	/** A child gets SIGTERM from the master. */
	void terminated(long launch) {
		if (!this.world.masterClosed && !this.world.told.hung.contains(launch)) {
			this.slots.gone(launch);
			this.world.told.retired.add(launch);
		}
	}

	/** The slot of a child is given up. */
	void givenUp(long launch) {
		this.slots.gone(launch);
		this.world.told.retired.add(launch);
		if (served(launch)) {
			this.world.told.left.add(launch);
		}
	}

	private boolean exceeded() {
		return this.exceeded || this.saidExceeded;
	}

	void launched(int slot, long launch) {
		this.slots.launched(slot, launch);
	}

	/** A standby is given a slot. */
	void slotAssigned(long launch, int slot) {
		this.slots.gone(launch);
		assertThat(this.slots.owner(slot)).as("who fills the slot that a standby is given").isNull();
		this.slots.launched(slot, launch);
		this.world.scale.ready(slot);
	}

	/** Who fills a slot, {@code null} if nobody does. */
	@Nullable Long owner(int slot) {
		return this.slots.owner(slot);
	}

	private boolean served(long launch) {
		return this.world.told.served.contains(launch);
	}

	/** A child that has served is taken for one that hangs. */
	void hung(long launch) {
		this.world.told.hung.add(launch);
		// With the same inputs it may have ended, which was counted already
		if (this.world.told.left.add(launch) && !this.world.told.exited.contains(launch)) {
			lost(launch);
		}
	}

	/** The fleet has said that there were too many. */
	void saidExceeded() {
		this.saidExceeded = true;
	}

	/** A process could not be started. */
	void notLaunched(int slot) {
		if (this.slots.owner(slot) == null && (exceeded() || !this.world.scale.failed(slot))) {
			lost(NOBODY, slot);
		}
	}

	private void lost(long launch) {
		int slot = this.slots.slot(launch);
		this.slots.gone(launch);
		lost(launch, slot);
	}

	private void lost(long launch, int slot) {
		if (this.world.masterClosed || this.end != null) {
			return;
		}
		if (this.world.told.served.isEmpty()) {
			this.end = ChildStartException.class;
			return;
		}
		if (slot >= 0) {
			this.losses.add(this.world.clock.nanos());
		}
		this.exceeded = this.exceeded || count(0) > this.world.settings.recovery().threshold();
		if (this.exceeded && !(keepsSurvivors() && survivors(launch))) {
			this.end = RecoveryExceededException.class;
		}
	}

	private boolean keepsSurvivors() {
		return this.world.settings.recovery().onExceeded() == OnExceeded.KEEP_SURVIVORS;
	}

	private boolean survivors(long lost) {
		Told told = this.world.told;
		return this.world.children.keySet()
			.stream()
			.filter((launch) -> launch != lost && !told.exited.contains(launch) && !told.retired.contains(launch))
			.anyMatch((launch) -> !(served(launch) && told.left.contains(launch)));
	}

	/** Whether nobody is replaced any more. */
	boolean gaveUp() {
		// It may have counted more of them if its time has stood still for a while
		return keepsSurvivors() && this.saidExceeded;
	}

	/** How many losses count if the master's time has stood still for a while. */
	private long count(long stoodStill) {
		long window = this.world.settings.recovery().window().toNanos();
		long now = this.world.clock.nanos();
		return this.losses.stream().filter((loss) -> window == 0 || now - loss < window + stoodStill).count();
	}

	/**
	 * Whether there are too many, the master's pauses being left out of the time, and the
	 * wait for the application.
	 */
	boolean mayBeExceeded() {
		return count(this.world.pausedInAll + this.world.schedule.attachedAt()) > this.world.settings.recovery()
			.threshold();
	}

	/** Why the fleet has to end, if it has to. */
	@Nullable Class<? extends PreforkException> end() {
		return this.end;
	}

}
