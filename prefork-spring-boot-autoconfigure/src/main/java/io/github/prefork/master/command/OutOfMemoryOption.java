package io.github.prefork.master.command;

import java.util.List;

/**
 * The option that ends a JVM whose memory has run out: a child that lives on half dead is
 * worse than one that is replaced.
 */
final class OutOfMemoryOption {

	/**
	 * What a child gets unless the user has decided otherwise.
	 */
	static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

	private static final String STAY = "-XX:-ExitOnOutOfMemoryError";

	private static final String CRASH = "-XX:+CrashOnOutOfMemoryError";

	private static final String COMMAND = "-XX:OnOutOfMemoryError=";

	private OutOfMemoryOption() {
	}

	/**
	 * Return whether the options say what happens when memory runs out.
	 * @param options all options of a JVM
	 * @return whether nothing is left to decide
	 */
	static boolean isDecidedBy(List<String> options) {
		return options.stream()
			.anyMatch((option) -> option.equals(EXIT) || option.equals(STAY) || option.equals(CRASH)
					|| option.startsWith(COMMAND));
	}

	/**
	 * Return whether a JVM with these options ends when memory runs out.
	 * @param options all options in the order in which the JVM reads them
	 * @return whether it does so, with status 3
	 */
	static boolean exits(List<String> options) {
		return options.lastIndexOf(EXIT) > options.lastIndexOf(STAY);
	}

}
