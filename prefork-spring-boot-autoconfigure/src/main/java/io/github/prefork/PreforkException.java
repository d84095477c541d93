package io.github.prefork;

import org.jspecify.annotations.Nullable;

/**
 * The fleet can't start or can't go on.
 */
public class PreforkException extends RuntimeException {

	private final @Nullable String action;

	public PreforkException(String message) {
		this(message, null);
	}

	public PreforkException(String message, @Nullable Throwable cause) {
		this(message, null, cause);
	}

	/**
	 * Create an exception that tells the user what to do.
	 * @param message what is wrong
	 * @param action what to do about it, in whole sentences, {@code null} if the message
	 * says it
	 * @param cause the cause, {@code null} if there is none
	 */
	public PreforkException(String message, @Nullable String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return the next step for the user, {@code null} if the message says it
	 */
	public @Nullable String getAction() {
		return this.action;
	}

}
