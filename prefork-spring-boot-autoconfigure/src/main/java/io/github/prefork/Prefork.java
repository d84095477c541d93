package io.github.prefork;

import java.util.concurrent.CompletionStage;

/**
 * The fleet as an application sees it. A bean in every process, whatever its role. Safe
 * for use by several threads.
 */
public interface Prefork {

	/**
	 * Return whether this process is a child. Answers also before
	 * {@code SpringApplication.run()}; the first call claims this process' place at the
	 * master, if it was launched by one.
	 * @return whether this process is a child of a living master
	 */
	static boolean isChild() {
		return ChildClaim.Holder.CHILD;
	}

	/**
	 * Return what this process is.
	 * @return the role, the same for the life of the JVM
	 */
	PreforkRole role();

	/**
	 * Return the place of this child in the fleet.
	 * @return the slot from 0 in a child, 0 in a standalone process, -1 in a master
	 */
	int slot();

	/**
	 * Return the rollout that this child belongs to.
	 * @return the generation in a child, 0 in every other process
	 */
	int generation();

	/**
	 * Replace all children, one slot at a time: a new child boots beside the old one,
	 * takes its place when it is ready, and the old one finishes what is in flight and
	 * ends. The new children are launched from what lies at the path of the application
	 * now.
	 * @return how it has ended; completed on a thread of the common pool. A request while
	 * a rolling restart is running, or while the fleet starts or stops, is refused
	 * @throws PreforkException in a process that is no master, and in a listener of a
	 * prefork event
	 */
	CompletionStage<RolloutResult> restart();

	/**
	 * Change the number of children. Slots are added above, or the highest ones given up:
	 * their children finish what is in flight and end.
	 * @param children the number of children that there should be, at least 1
	 * @return how it has ended: added children are ready, the others have ended;
	 * completed on a thread of the common pool. Refused above
	 * {@code prefork.max-children}, while a rollout is running, and while the fleet
	 * starts or stops. A later request takes the place of one that is not done
	 * @throws PreforkException in a process that is no master, and in a listener of a
	 * prefork event
	 */
	CompletionStage<ScaleResult> scale(int children);

	/**
	 * Replace the child of one slot, as {@link #restart()} does with all.
	 * @param slot the slot
	 * @return how it has ended; completed on a thread of the common pool. Refused if
	 * there is no such slot, while a rollout is running, and while the fleet starts or
	 * stops
	 * @throws PreforkException in a process that is no master, and in a listener of a
	 * prefork event
	 */
	CompletionStage<RolloutResult> recycle(int slot);

	/**
	 * Return the fleet as it is now.
	 * @return a snapshot in the master, {@link Fleet#EMPTY} in every other process
	 */
	Fleet fleet();

}
