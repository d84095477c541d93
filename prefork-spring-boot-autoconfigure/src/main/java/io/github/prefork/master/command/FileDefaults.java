package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Names for files that the JVM would name by its process id, so that children that crash
 * again and again would fill the disk.
 */
final class FileDefaults {

	private static final String DUMP = "-XX:+HeapDumpOnOutOfMemoryError";

	private static final String NO_DUMP = "-XX:-HeapDumpOnOutOfMemoryError";

	private FileDefaults() {
	}

	/**
	 * Return the options to add.
	 * @param options all options of a JVM in the order in which it reads them
	 * @param label names its files
	 * @param files the files that are there
	 * @return options for what is not named
	 */
	static List<String> of(List<String> options, String label, OptionFiles files) {
		List<String> added = new ArrayList<>();
		addUnlessNamed(LastFileOption.errorFile(files), options, label, added);
		if (options.lastIndexOf(DUMP) > options.lastIndexOf(NO_DUMP)) {
			addUnlessNamed(LastFileOption.heapDump(files), options, label, added);
		}
		return added;
	}

	private static void addUnlessNamed(LastFileOption option, List<String> options, String label, List<String> added) {
		if (options.stream().noneMatch((each) -> each.startsWith(option.prefix()))) {
			added.add(option.usualOption(label));
		}
	}

}
