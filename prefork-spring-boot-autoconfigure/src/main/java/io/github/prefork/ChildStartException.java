package io.github.prefork;

import org.jspecify.annotations.Nullable;

/**
 * A child could not be launched, or ended before it was ready while the fleet started.
 */
public class ChildStartException extends PreforkException {

	private final int slot;

	private final @Nullable Integer exitCode;

	public ChildStartException(int slot, @Nullable Integer exitCode, String message, @Nullable Throwable cause) {
		this(slot, exitCode, message, null, cause);
	}

	/**
	 * Create an exception that tells the user what to do.
	 * @param slot the slot of the child
	 * @param exitCode its exit status, {@code null} if there is none
	 * @param message what is wrong
	 * @param action what to do about it, in whole sentences, {@code null} if there is no
	 * particular advice
	 * @param cause the cause, {@code null} if there is none
	 */
	public ChildStartException(int slot, @Nullable Integer exitCode, String message, @Nullable String action,
			@Nullable Throwable cause) {
		super(message, action, cause);
		this.slot = slot;
		this.exitCode = exitCode;
	}

	/**
	 * Return the slot of the child.
	 * @return the slot, from 0
	 */
	public int getSlot() {
		return this.slot;
	}

	/**
	 * Return the exit status of the child.
	 * @return the exit status, or {@code null} if no process was started or it had to be
	 * killed
	 */
	public @Nullable Integer getExitCode() {
		return this.exitCode;
	}

}
