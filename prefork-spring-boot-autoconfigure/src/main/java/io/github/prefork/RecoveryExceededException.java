package io.github.prefork;

import java.time.Duration;

/**
 * More children ended unplanned than the recovery threshold allows (fasthttp:
 * {@code ErrOverRecovery}).
 */
public class RecoveryExceededException extends PreforkException {

	private final int exits;

	private final int threshold;

	private final Duration window;

	private final String lastExit;

	private final boolean survivorsKept;

	/**
	 * Create the exception.
	 * @param exits the number of unplanned exits within the window
	 * @param threshold the number that was allowed
	 * @param window the window, zero for the master's whole life
	 * @param survivorsKept whether the fleet had gone on with the children that were
	 * left, the last of which has ended now
	 * @param lastExit slot, pid, exit status and reason of the last one in words
	 */
	public RecoveryExceededException(int exits, int threshold, Duration window, boolean survivorsKept,
			String lastExit) {
		super("%d unplanned exits of children exceed the threshold of %d; the last one: %s".formatted(exits, threshold,
				lastExit));
		this.exits = exits;
		this.threshold = threshold;
		this.window = window;
		this.survivorsKept = survivorsKept;
		this.lastExit = lastExit;
	}

	/**
	 * Return the number of unplanned exits within the window.
	 * @return the number of exits
	 */
	public int getExits() {
		return this.exits;
	}

	/**
	 * Return {@code prefork.recovery.threshold}.
	 * @return the number of exits that was allowed
	 */
	public int getThreshold() {
		return this.threshold;
	}

	/**
	 * Return {@code prefork.recovery.window}.
	 * @return the window, zero for the master's whole life
	 */
	public Duration getWindow() {
		return this.window;
	}

	/**
	 * Return whether the fleet had gone on with the children that were left, the last of
	 * which has ended now.
	 * @return whether there were survivors
	 */
	public boolean isSurvivorsKept() {
		return this.survivorsKept;
	}

	/**
	 * Return what is known of the exit that exceeded the threshold.
	 * @return slot, pid, exit status and reason in words
	 */
	public String getLastExit() {
		return this.lastExit;
	}

}
