package io.github.prefork.master.command;

import java.util.function.UnaryOperator;

/**
 * Gives every process its own name for a file that an option names.
 */
final class OwnFileName {

	private static final String PID = "%p";

	private OwnFileName() {
	}

	/**
	 * Return a function that puts the slot and the place holder for the process id before
	 * the extension. A slot alone can have two processes for a while.
	 * @param slot the slot, -1 for none
	 * @return the function; a name that is distinct already or of a device is returned as
	 * it is
	 */
	static UnaryOperator<String> withSlotAndPid(int slot) {
		String insertion = "-" + ((slot >= 0) ? slot : "standby") + "-" + PID;
		return (name) -> {
			if (isShareable(name)) {
				return name;
			}
			int start = name.lastIndexOf('/') + 1;
			int dot = name.lastIndexOf('.');
			int end = (dot > start) ? dot : name.length();
			return name.substring(0, end) + insertion + name.substring(end);
		};
	}

	/**
	 * Return the directory of the file: for options where the JVM chooses a distinct name
	 * in a directory and not every version expands a place holder.
	 * @param name the name of the file
	 * @return its directory; a name that is distinct already or of a device is returned
	 * as it is
	 */
	static String directoryOf(String name) {
		if (isShareable(name)) {
			return name;
		}
		int slash = name.lastIndexOf('/');
		return (slash < 0) ? "." : name.substring(0, Math.max(slash, 1));
	}

	private static boolean isShareable(String name) {
		return name.isEmpty() || name.contains(PID) || name.startsWith("/dev/") || name.startsWith("/proc/");
	}

}
