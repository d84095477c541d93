package io.github.prefork.supervisor;

import io.github.prefork.Build;
import io.github.prefork.ChildStartException;

/**
 * The processes of the children. Every launched process must be answered by one
 * {@link Input.Exited} when it ends.
 */
public interface Processes {

	/**
	 * Look what the next child will be launched from.
	 * @return the build as it can be seen from outside
	 */
	default Build next() {
		return Build.UNKNOWN;
	}

	/**
	 * Launch a child.
	 * @param launch the number of this launch
	 * @param slot the slot to fill, -1 for a standby
	 * @param generation the rollout that it belongs to
	 * @return the process id
	 * @throws ChildStartException if no process could be started
	 */
	long launch(long launch, int slot, int generation);

	/**
	 * Return how long the process of a child was there before it was to be launched.
	 * Asked once, right after {@link #launch}.
	 * @param launch the launch
	 * @return the time in nanoseconds, 0 unless it was launched early
	 */
	default long headStart(long launch) {
		return 0;
	}

	/**
	 * Return whether a child with a head start had come as far as it could without a
	 * fleet. Asked once, right after {@link #headStart}.
	 * @param launch the launch
	 * @return whether its boot timeout counts from now, and not from the start of its
	 * process
	 */
	default boolean hadToWait(long launch) {
		return true;
	}

	/**
	 * A child has ended before it was ready, and nobody has ended it from outside. Return
	 * whether it was launched in a special way that may be to blame and that is given up
	 * herewith, so that the next one is launched plainly.
	 * @param launch the launch
	 * @return whether to launch another one, as if this launch had not been
	 */
	default boolean discard(long launch) {
		return false;
	}

	/**
	 * A child has ended, however that came, and nothing is asked about it any more.
	 * @param launch the launch
	 */
	default void forget(long launch) {
	}

	/**
	 * Return what the system tells about the process of a child.
	 * @param launch the launch
	 * @return what is known, {@link ProcessLook#NONE} if it has ended
	 */
	ProcessLook look(long launch);

	/**
	 * Return how many requests have come to a child so far.
	 * @param launch the launch
	 * @return the number, 0 if it is not known
	 */
	long requests(long launch);

	/**
	 * Return how much memory the process of a child has in use.
	 * @param launch the launch
	 * @return the number of bytes, 0 if it is not known
	 */
	long residentMemory(long launch);

	/**
	 * Ask a child to end (SIGTERM). Does nothing if it has ended.
	 * @param launch the launch
	 */
	void terminate(long launch);

	/**
	 * End a child (SIGKILL). Does nothing if it has ended.
	 * @param launch the launch
	 */
	void kill(long launch);

}
