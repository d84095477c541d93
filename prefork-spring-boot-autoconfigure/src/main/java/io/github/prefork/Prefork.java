package io.github.prefork;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The fleet as an application sees it. A bean in every process, whatever its role. Safe
 * for use by several threads.
 * <p>
 * A child asks its master. What it waits for fails with a {@link PreforkException} when
 * the master is gone or does not answer, and when the child itself leaves before the end
 * of an operation, which the master goes on with.
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
	 * Return the place of this child in the fleet. It changes once in a standby, when it
	 * is given a slot.
	 * @return the slot from 0 in a child, 0 in a standalone process, -1 in a master and
	 * in a standby
	 */
	int slot();

	/**
	 * Return the rollout that this child belongs to.
	 * @return the generation in a child, 0 in every other process
	 */
	int generation();

	/**
	 * Return whether this process is the one that does what only one process of the fleet
	 * should do. In a fleet that is the ready child in the lowest slot. When it ends,
	 * leaves or refuses traffic, the next one leads, and the lowest slot leads again when
	 * it has a ready child.
	 * <p>
	 * The master tells its children who leads, so the answer costs nothing and may be old
	 * by the time that a message takes. The master tells one child that it leads only
	 * after it has told the other that it does so no longer, or after that one has gone;
	 * but what the other has begun by then goes on. Work that does harm when it is done
	 * twice needs a lock besides. When the master dies the leader stays what it was.
	 * <p>
	 * A second application in the JVM of a child, which is standalone, gets the answer of
	 * that child. If the master runs it too, it leads there as well.
	 * @return whether this child leads; true in a standalone process, false in a master
	 * and in a standby
	 * @see LeaderChanged
	 */
	boolean isLeader();

	/**
	 * Replace all children, one slot at a time: a new child boots beside the old one,
	 * takes its place when it is ready, and the old one finishes what is in flight and
	 * ends. The new children are launched from what lies at the path of the application
	 * now.
	 * @return how it has ended; completed on a thread of the common pool. A request while
	 * a rollout is running, before the first child is ready, or while the fleet stops is
	 * refused
	 * @throws PreforkException in a standalone process, and in a listener of a prefork
	 * event
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
	 * @throws PreforkException in a standalone process, and in a listener of a prefork
	 * event
	 */
	CompletionStage<ScaleResult> scale(int children);

	/**
	 * Replace the child of one slot, as {@link #restart()} does with all.
	 * @param slot the slot
	 * @return how it has ended; completed on a thread of the common pool. Refused if
	 * there is no such slot, while a rollout is running, before the first child is ready,
	 * and while the fleet stops
	 * @throws PreforkException in a standalone process, and in a listener of a prefork
	 * event
	 */
	CompletionStage<RolloutResult> recycle(int slot);

	/**
	 * Begin an operation, and wait for its end as long as that is wanted. The operation
	 * goes on in any case, also if nobody waits for it any more.
	 * @param operation what to do
	 * @param wait how long to wait at most, zero not to wait
	 * @return how far it is when it has ended, or when the time is over; in a child that
	 * leaves at once. Completed on a thread of the common pool
	 * @throws PreforkException in a standalone process, and in a listener of a prefork
	 * event
	 */
	CompletionStage<OperationReport> operate(Operation operation, Duration wait);

	/**
	 * Return the fleet as it is now.
	 * @return a snapshot in the master, {@link Fleet#EMPTY} in every other process
	 * @see #report()
	 */
	Fleet fleet();

	/**
	 * Ask the master what there is to tell about the fleet.
	 * @return the fleet as it is now; {@link FleetReport#EMPTY} in a standalone process.
	 * Completed at once in a master, and on a thread of the common pool in a child
	 */
	CompletionStage<FleetReport> report();

}
