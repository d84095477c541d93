package io.github.prefork;

import org.jspecify.annotations.Nullable;

/**
 * A {@link ChildLauncher} of the application did not do what it has to.
 */
public class ChildLauncherException extends ChildStartException {

	private final Problem problem;

	public ChildLauncherException(int slot, Problem problem, String message, @Nullable Throwable cause) {
		super(slot, null, message, cause);
		this.problem = problem;
	}

	/**
	 * Return what is wrong.
	 * @return the problem
	 */
	public Problem getProblem() {
		return this.problem;
	}

	/**
	 * What can be wrong with a launcher.
	 */
	public enum Problem {

		/**
		 * It has thrown an exception.
		 */
		FAILED,

		/**
		 * It has returned {@code null}.
		 */
		RETURNED_NULL,

		/**
		 * It has returned a process that never ran.
		 */
		NOT_STARTED,

		/**
		 * It has returned the process of an earlier launch.
		 */
		RETURNED_BEFORE,

		/**
		 * It has returned a process whose end can't be waited for.
		 */
		NOT_WATCHABLE

	}

}
