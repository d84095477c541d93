package io.github.prefork.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * A place in the fleet, or one of a standby. Only the supervisor's thread touches it.
 */
final class Slot {

	/** From 0; negative for the place of a standby. */
	final int index;

	final RestartDelay delay;

	/** The child that fills it; one that leaves does not fill it any more. */
	@Nullable Child child;

	/** A child that boots beside the one that it is to replace. */
	@Nullable Child successor;

	/** Whether a child is to be launched beside the one that fills it. */
	boolean beside;

	/** When to launch a child, {@link Deadlines#NEVER} for not at all. */
	long launchAt = Deadlines.NEVER;

	boolean launchedBefore;

	/**
	 * What generation a standby that is to fill it has to be of at least: that of the
	 * last rollout of all slots that has reached it.
	 */
	int generation;

	/** The child that was last ready here. */
	@Nullable Child last;

	/** The last child that was ready here, or else the first one launched. */
	@Nullable Long predecessorPid;

	/** Whether it was added by a change of the number of children and never filled. */
	boolean added;

	/** Whether the next ready child here replaces a lost one. */
	boolean recovering;

	Slot(int index, RestartDelay delay) {
		this.index = index;
		this.delay = delay;
	}

	boolean ofStandby() {
		return this.index < 0;
	}

	// As others know it
	int number() {
		return Math.max(this.index, -1);
	}

	boolean empty() {
		return this.child == null;
	}

	// Whether a child may be launched into it, or beside the one that fills it
	boolean open() {
		return this.child == null || this.beside && this.successor == null;
	}

}
