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

	public RecoveryExceededException(int exits, int threshold, Duration window, String lastExit) {
		super("%d unplanned exits of children exceed the threshold of %d; the last one: %s".formatted(exits, threshold,
				lastExit));
		this.exits = exits;
		this.threshold = threshold;
		this.window = window;
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
	 * Return what is known of the exit that exceeded the threshold.
	 * @return slot, pid, exit status and reason in words
	 */
	public String getLastExit() {
		return this.lastExit;
	}

}
