package io.github.prefork.master.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The garbage collector of a child.
 */
final class Collector {

	/**
	 * What a child with one processor gets unless the user has chosen another: a second
	 * thread that collects would only take the processor from the application. The JVM
	 * itself chooses so, up to some release.
	 */
	static final String OF_ONE_PROCESSOR = "-XX:+UseSerialGC";

	private static final String PROCESSORS = "-XX:ActiveProcessorCount=";

	private static final Pattern CHOICE = Pattern.compile("-XX:([+-])Use(\\w+)GC");

	/** Chooses the parallel one, and a JVM does not start with two. */
	private static final String AGGRESSIVE = "-XX:+AggressiveHeap";

	private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "ParallelOld", "G1", "Z", "Shenandoah",
			"Epsilon", "ConcMarkSweep");

	private Collector() {
	}

	/**
	 * Return whether a child lacks the choice of a collector.
	 * @param options all options of the child
	 * @return whether it has one processor and the user says nothing
	 */
	static boolean isMissing(List<String> options) {
		return hasOneProcessor(options) && !options.contains(AGGRESSIVE)
				&& options.stream().map(CHOICE::matcher).noneMatch((matcher) -> isChoice(matcher));
	}

	private static boolean hasOneProcessor(List<String> options) {
		return "1".equals(processors(options));
	}

	/**
	 * Tell how many processors options let a JVM see.
	 * @param options all options of the JVM
	 * @return the number, or that it sees all
	 */
	static String processors(List<String> options) {
		return options.stream()
			.filter((option) -> option.startsWith(PROCESSORS))
			.map((option) -> option.substring(PROCESSORS.length()))
			.reduce((first, second) -> second)
			.orElse("all");
	}

	private static boolean isChoice(Matcher matcher) {
		return matcher.matches() && COLLECTORS.contains(matcher.group(2));
	}

	/**
	 * Tell which collector options choose.
	 * @param options all options of a JVM
	 * @return its name, empty if the JVM chooses
	 */
	static String name(List<String> options) {
		return options.stream()
			.map(CHOICE::matcher)
			.filter((matcher) -> isChoice(matcher) && "+".equals(matcher.group(1)))
			.map((matcher) -> matcher.group(2))
			.reduce((first, second) -> second)
			.orElse(options.contains(AGGRESSIVE) ? "Parallel" : "");
	}

}
