package io.github.prefork.master.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The largest heap of a JVM whose options say none as a size: it takes a part of the
 * memory.
 */
final class MemoryPart {

	private static final Pattern OPTION = Pattern.compile("-XX:(MaxRAM|(?:Max|Min)RAM(?:Percentage|Fraction)):?=(.*)");

	private static final String MEMORY = "MaxRAM";

	/** Makes a part of its own rules. */
	private static final String AGGRESSIVE = "-XX:+AggressiveHeap";

	/** What a JVM takes at least, unless that is too large a part of little memory. */
	private static final long USUAL_LEAST = (96L << 20) * 13 / 10;

	/** The JVM rounds up. */
	private static final long STEP = 2L << 20;

	private final Map<String, String> said = new HashMap<>();

	private MemoryPart(List<String> options) {
		options.stream()
			.map(OPTION::matcher)
			.filter(Matcher::matches)
			.forEach((matcher) -> this.said.put(matcher.group(1), matcher.group(2)));
	}

	/**
	 * Work out the heap as a JVM does.
	 * @param options all options in the order in which the JVM reads them
	 * @param memoryBytes the memory that a JVM sees, 0 if that is not known
	 * @return the size in bytes, 0 if it can't be known
	 */
	static long heap(List<String> options, long memoryBytes) {
		if (options.contains(AGGRESSIVE)) {
			return 0;
		}
		try {
			long heap = new MemoryPart(options).heap(memoryBytes);
			long initial = HeapSizes.of(options).size(HeapFlag.INITIAL);
			return (heap > 0) ? Math.max(heap, initial) : 0;
		}
		catch (NumberFormatException ex) {
			// No such JVM starts
			return 0;
		}
	}

	private long heap(long memoryBytes) {
		String limit = this.said.get(MEMORY);
		long memory = (limit != null) ? HeapSizes.bytes(limit) : memoryBytes;
		long little = (long) (memory * percentage("Min", 50) / 100);
		long part = (little < USUAL_LEAST) ? little
				: Math.max((long) (memory * percentage("Max", 25) / 100), USUAL_LEAST);
		return (part + STEP - 1) / STEP * STEP;
	}

	private double percentage(String which, double usual) {
		String percentage = this.said.get(which + "RAMPercentage");
		if (percentage != null) {
			return Double.parseDouble(percentage);
		}
		String fraction = this.said.get(which + "RAMFraction");
		return (fraction != null) ? 100.0 / Long.parseLong(fraction) : usual;
	}

}
