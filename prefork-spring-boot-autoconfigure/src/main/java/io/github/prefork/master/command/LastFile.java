package io.github.prefork.master.command;

/**
 * A file that the JVM writes when it ends, such as a heap dump. For each label there are
 * two names, which are taken in turns, so that what the process before has left is still
 * there, and no more than that.
 *
 * @param files the files that are there
 * @param overwritten whether the JVM overwrites an earlier file
 */
record LastFile(OptionFiles files, boolean overwritten) {

	private static final String SECOND = "b";

	/**
	 * Return the name for the next process of a label. If the JVM does not overwrite
	 * files, there is none of this name afterwards.
	 * @param name the name that the user has given
	 * @param label names the files of the process
	 * @return its own name; that of a device is returned as it is
	 */
	String next(String name, String label) {
		if (OwnFileName.isDevice(name)) {
			return name;
		}
		String first = OwnFileName.insert(name, label);
		String second = OwnFileName.insert(name, label + SECOND);
		Long firstTime = this.files.modified(first);
		if (firstTime == null) {
			return first;
		}
		Long secondTime = this.files.modified(second);
		if (secondTime == null) {
			return second;
		}
		String older = (firstTime <= secondTime) ? first : second;
		if (!this.overwritten) {
			this.files.remove(older);
		}
		return older;
	}

	/**
	 * Return the name for the next process of a label in a directory.
	 * @param directory the directory
	 * @param name the name to use there
	 * @param label names the files of the process
	 * @return its own name
	 */
	String nextIn(String directory, String name, String label) {
		return next(directory + (directory.endsWith("/") ? "" : "/") + name, label);
	}

}
