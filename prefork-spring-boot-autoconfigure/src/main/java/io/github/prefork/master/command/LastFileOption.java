package io.github.prefork.master.command;

import org.jspecify.annotations.Nullable;

/**
 * An option whose whole value is the name of a file, or of a directory for it, that the
 * JVM writes when it ends.
 *
 * @param prefix the option up to its value
 * @param usual the name of the file in a directory and where the user names none
 * @param expanded whether every JVM puts its process id for {@code %p}, so that such a
 * name stays as it is
 * @param file chooses the name
 */
record LastFileOption(String prefix, String usual, boolean expanded, LastFile file) implements OptionRule {

	/**
	 * The report of a JVM that crashes.
	 * @param files the files that are there
	 * @return the option
	 */
	static LastFileOption errorFile(OptionFiles files) {
		return new LastFileOption("-XX:ErrorFile=", "hs_err.log", true, new LastFile(files, true));
	}

	/**
	 * The heap of a JVM whose memory has run out. Java 17 does not expand {@code %p}.
	 * @param files the files that are there
	 * @return the option
	 */
	static LastFileOption heapDump(OptionFiles files) {
		return new LastFileOption("-XX:HeapDumpPath=", "java.hprof", false, new LastFile(files, false));
	}

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		if (!option.startsWith(this.prefix)) {
			return null;
		}
		String name = option.substring(this.prefix.length());
		if (name.isEmpty() || (this.expanded && name.contains(OwnFileName.PID))) {
			return null;
		}
		String own = (this.file.files().isDirectory(name)) ? this.file.nextIn(name, this.usual, label)
				: this.file.next(name, label);
		return (!own.equals(name)) ? new OptionChange(option, this.prefix + own, FileOption.REASON) : null;
	}

	/**
	 * Return the option where the user names no file.
	 * @param label names the files of the process
	 * @return the option
	 */
	String usualOption(String label) {
		return this.prefix + this.file.next(this.usual, label);
	}

}
