package io.github.prefork.load;

import java.io.IOException;

/**
 * Why a request failed.
 *
 * @param kind the kind
 * @param message the details, for people
 */
public record Failure(FailureKind kind, String message) {

	static Failure of(IOException cause) {
		String message = cause.getMessage();
		return new Failure(FailureKind.of(cause), (message != null) ? message : cause.getClass().getSimpleName());
	}

}
