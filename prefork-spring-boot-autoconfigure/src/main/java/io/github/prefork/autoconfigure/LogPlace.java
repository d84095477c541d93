package io.github.prefork.autoconfigure;

import java.util.List;

import io.github.prefork.child.ProcessClaim;

import org.springframework.util.ClassUtils;

/**
 * How a line of log tells which process of a fleet has written it.
 */
final class LogPlace {

	/**
	 * The property whose value stands after the thread in Spring Boot's own patterns.
	 */
	static final String CORRELATION = "logging.pattern.correlation";

	/**
	 * The properties by which the user says what the lines look like.
	 */
	static final List<String> PATTERNS = List.of(CORRELATION, "logging.pattern.console", "logging.pattern.file");

	static final String MASTER = "master";

	private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

	private LogPlace() {
	}

	/**
	 * Return what a child writes into each line. Logback reads a property anew for each
	 * line, so that a standby can change it; other systems of logging don't.
	 * @param slot the slot, negative for a standby
	 * @return the text or its pattern
	 */
	static String ofChild(int slot) {
		if (slot >= 0) {
			return ProcessClaim.place(slot);
		}
		return (ClassUtils.isPresent(LOGBACK, null)) ? "%property{" + ProcessClaim.PLACE_PROPERTY + "}"
				: ProcessClaim.place(slot);
	}

}
