package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * There can't be a start-up cache for this application, or for this way to start it.
 */
final class NoCacheException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param reason why, to be read after a colon
	 */
	NoCacheException(String reason) {
		super(reason);
	}

	/**
	 * Say what has failed.
	 * @param failure the failure
	 * @return some words, to be read after a colon
	 */
	static String words(Exception failure) {
		if (failure instanceof AccessDeniedException denied) {
			return "there is no permission for " + denied.getFile() + "; " + CacheHome.ANOTHER;
		}
		if (failure instanceof NoSuchFileException missing) {
			return missing.getFile() + " is not there";
		}
		// The message of some is no more than the name of a file
		String message = failure.getMessage();
		boolean tells = failure instanceof IOException && !(failure instanceof FileSystemException);
		return (message != null && tells) ? message : failure.getClass().getSimpleName() + " " + message;
	}

}
