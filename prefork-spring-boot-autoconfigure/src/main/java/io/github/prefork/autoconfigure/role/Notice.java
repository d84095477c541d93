package io.github.prefork.autoconfigure.role;

import org.apache.commons.logging.Log;

/**
 * How loudly the reason of a decision is given.
 */
enum Notice {

	/**
	 * Of no interest to the user.
	 */
	DEBUG,

	/**
	 * As the user would expect.
	 */
	INFO,

	/**
	 * Probably not what the user wants.
	 */
	WARN;

	void log(Log log, Object message) {
		switch (this) {
			case DEBUG -> log.debug(message);
			case INFO -> log.info(message);
			case WARN -> log.warn(message);
		}
	}

}
