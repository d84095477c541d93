package io.github.prefork.supervisor;

import java.util.Set;

/**
 * What the supervisor says to the children. No method waits, and saying something to a
 * child that is gone does nothing.
 */
public interface Messenger {

	/**
	 * Pass all listeners to a child; each is answered by {@link Input.ListenerHeld}. If
	 * there are none, let it bind its own.
	 * @param launch the launch
	 * @param own the index that the child's main server adopts
	 */
	void passListeners(long launch, int own);

	/**
	 * Pass listeners that were added to a child that has been passed the others; each is
	 * answered by {@link Input.ListenerHeld}.
	 * @param launch the launch
	 * @param first the index of the first one, all above it follow
	 */
	void passMore(long launch, int first);

	/**
	 * Let a child accept on exactly these listeners; answered by {@link Input.Accepting}.
	 * @param launch the launch
	 * @param version a number that grows with each assignment
	 * @param listeners the indexes
	 */
	void accept(long launch, long version, Set<Integer> listeners);

	/**
	 * Tell a standby that it has a slot now.
	 * @param launch the launch
	 * @param slot the slot
	 */
	void assign(long launch, int slot);

	/**
	 * Tell a child that it leads the fleet, or that it does so no longer.
	 * @param launch the launch
	 * @param leader whether it leads
	 */
	void lead(long launch, boolean leader);

	/**
	 * Let a child write to the log what each child does.
	 * @param launch the launch
	 * @param children the number of children that there should be, with standbys
	 */
	void survey(long launch, int children);

	/**
	 * Let a child close listeners; answered by {@link Input.ListenersClosed}.
	 * @param launch the launch
	 * @param request a number to answer with
	 * @param listeners the indexes
	 * @param last whether the child is to accept what is queued and end the socket for
	 * all holders
	 */
	void closeListeners(long launch, long request, Set<Integer> listeners, boolean last);

	/**
	 * Let a child write the stacks of its threads to its output and say where it is
	 * stuck; answered by {@link Input.Stuck} if it still can.
	 * @param launch the launch
	 */
	void examine(long launch);

	/**
	 * Let a child finish what is in flight and exit.
	 * @param launch the launch
	 */
	void drain(long launch);

	/**
	 * Forget a child that has ended.
	 * @param launch the launch
	 */
	void forget(long launch);

}
