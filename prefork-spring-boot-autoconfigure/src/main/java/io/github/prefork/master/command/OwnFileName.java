package io.github.prefork.master.command;

/**
 * Gives every process its own name for a file that an option names.
 */
final class OwnFileName {

	/** The place holder for the process id. */
	static final String PID = "%p";

	private OwnFileName() {
	}

	/**
	 * Put the label before the extension.
	 * @param name the name of the file
	 * @param label names the files of the process
	 * @return the name of its own file; a name that holds the process id or is of a
	 * device is returned as it is
	 */
	static String of(String name, String label) {
		return (isDevice(name) || name.contains(PID)) ? name : insert(name, label);
	}

	static String insert(String name, String label) {
		int start = name.lastIndexOf('/') + 1;
		int dot = name.lastIndexOf('.');
		int end = (dot > start) ? dot : name.length();
		return name.substring(0, end) + "-" + label + name.substring(end);
	}

	static boolean isDevice(String name) {
		return name.isEmpty() || name.startsWith("/dev/") || name.startsWith("/proc/");
	}

}
