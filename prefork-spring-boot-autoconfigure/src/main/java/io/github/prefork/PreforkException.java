package io.github.prefork;

import org.jspecify.annotations.Nullable;

/**
 * The fleet can't start or can't go on.
 */
public class PreforkException extends RuntimeException {

	public PreforkException(String message) {
		super(message);
	}

	public PreforkException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
