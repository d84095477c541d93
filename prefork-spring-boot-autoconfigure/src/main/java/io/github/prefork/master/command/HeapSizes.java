package io.github.prefork.master.command;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the options of a JVM say of its heap and direct memory.
 *
 * @param sizes the sizes in bytes by flag, {@value #UNKNOWN} where an option says one in
 * another way than by a number
 */
record HeapSizes(Map<HeapFlag, Long> sizes) {

	static final long UNKNOWN = -1;

	private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmgt]?)", Pattern.CASE_INSENSITIVE);

	private static final String UNITS = "kmgt";

	private static final Pattern MAX_BY_RULE = Pattern
		.compile("-XX:((Max|Min)RAM(Percentage|Fraction)?:?=.*|\\+AggressiveHeap)");

	private static final Pattern LIMIT = Pattern.compile("-XX:MaxRAM:?=.*");

	private static final Pattern INITIAL_BY_RULE = Pattern.compile("-XX:InitialRAM(Percentage|Fraction):?=.*");

	HeapSizes {
		sizes = Map.copyOf(sizes);
	}

	/**
	 * Read the options.
	 * @param options all options in the order in which the JVM reads them
	 * @return the sizes
	 */
	static HeapSizes of(List<String> options) {
		Map<HeapFlag, Long> sizes = new EnumMap<>(HeapFlag.class);
		for (String option : options) {
			// A number wins over a fraction of the memory, wherever they stand
			if (MAX_BY_RULE.matcher(option).matches()) {
				sizes.putIfAbsent(HeapFlag.MAX, UNKNOWN);
			}
			else if (INITIAL_BY_RULE.matcher(option).matches()) {
				sizes.putIfAbsent(HeapFlag.INITIAL, UNKNOWN);
			}
			else {
				HeapFlag.setBy(option).forEach((flag) -> sizes.put(flag, size(option)));
			}
		}
		return new HeapSizes(sizes);
	}

	/**
	 * Return whether an option says something of the heap or of direct memory.
	 * @param option the option
	 * @return whether it does
	 */
	static boolean isSaidBy(String option) {
		return !HeapFlag.setBy(option).isEmpty() || MAX_BY_RULE.matcher(option).matches()
				|| INITIAL_BY_RULE.matcher(option).matches();
	}

	/**
	 * Return whether an option says how much memory there is, and nothing of a heap.
	 * @param option the option
	 * @return whether it does
	 */
	static boolean isLimit(String option) {
		return LIMIT.matcher(option).matches();
	}

	private static long size(String option) {
		return bytes(option.replaceFirst("^(-X?m[xsn]|.*=)", ""));
	}

	/**
	 * Read a size as a JVM does.
	 * @param text the size with its unit
	 * @return the size in bytes, {@value #UNKNOWN} if it is none
	 */
	static long bytes(String text) {
		Matcher matcher = SIZE.matcher(text);
		if (!matcher.matches()) {
			return UNKNOWN;
		}
		int unit = UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
		long number = Long.parseLong(matcher.group(1));
		int shift = (matcher.group(2).isEmpty()) ? 0 : 10 * (unit + 1);
		return (number <= (Long.MAX_VALUE >> shift)) ? number << shift : UNKNOWN;
	}

	boolean says(HeapFlag flag) {
		return this.sizes.containsKey(flag);
	}

	/**
	 * Return a size.
	 * @param flag what is asked for
	 * @return the size in bytes, {@value #UNKNOWN} if the options say none as a number
	 */
	long size(HeapFlag flag) {
		return this.sizes.getOrDefault(flag, UNKNOWN);
	}

}
