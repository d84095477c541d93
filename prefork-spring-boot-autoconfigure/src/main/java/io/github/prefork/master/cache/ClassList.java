package io.github.prefork.master.cache;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes that go into an archive, in the form that the JVM reads.
 */
final class ClassList {

	/** {@code |--org.example.Name/0x00007f35c918f3c0 (intf)}, once for each class. */
	private static final Pattern CLASS = Pattern.compile("^[|\\- ]*([^ /\\[]+)/(?:null|0x[0-9a-f]+)(?: \\(intf\\))?$");

	/** What a lambda expression or a method handle had the JVM make. */
	private static final Pattern MADE = Pattern.compile("@lambda-(?:proxy|form-invoker) [\\x20-\\x7e]+");

	/**
	 * A class that can be loaded by its name. Its number counts in its own list alone.
	 */
	private static final Pattern LISTED = Pattern.compile("([\\x21-\\x7e&&[^@#]][\\x21-\\x7e]*)(?: id: [0-9]+)?");

	/** In characters. A JVM does not read a list with a line of more than 4096. */
	private static final int LONGEST_LINE = 4000;

	private ClassList() {
	}

	/**
	 * Read the class hierarchy of a JVM. Classes that are made at run time are left out,
	 * as they can't be loaded by name.
	 * @param hierarchy what {@code VM.class_hierarchy -i} has printed
	 * @return the names
	 */
	static List<String> ofHierarchy(String hierarchy) {
		Set<String> names = new LinkedHashSet<>();
		hierarchy.lines().forEach((line) -> {
			Matcher matcher = CLASS.matcher(line);
			if (matcher.matches() && !isMadeAtRunTime(matcher.group(1))) {
				names.add(matcher.group(1).replace('.', '/'));
			}
		});
		return List.copyOf(names);
	}

	private static boolean isMadeAtRunTime(String name) {
		return name.contains("$Proxy") || name.startsWith("jdk.internal.reflect.Generated");
	}

	/**
	 * Take all that can go into an archive from a list.
	 * @param list what a JVM has written
	 * @return the names of classes, and the lines that say what is made at run time
	 */
	static Collection<String> ofList(String list) {
		List<String> names = list.lines()
			.filter((line) -> line.length() <= LONGEST_LINE)
			.map(LISTED::matcher)
			.filter(Matcher::matches)
			.map((matcher) -> matcher.group(1))
			.filter((name) -> !isMadeAtRunTime(name.replace('/', '.')))
			.toList();
		return union(names, madeAtRunTime(list));
	}

	/**
	 * Take from a list what it says of classes that are made at run time.
	 * @param list what a JVM has written so far; its last line may not be complete
	 * @return the lines, of the form that the JVM reads
	 */
	static List<String> madeAtRunTime(String list) {
		return list.substring(0, list.lastIndexOf('\n') + 1)
			.lines()
			.filter((line) -> line.length() <= LONGEST_LINE && MADE.matcher(line).matches())
			.distinct()
			.toList();
	}

	/**
	 * Put lists together.
	 * @param first the first list
	 * @param second the second one
	 * @return all lines of the first, then those that only the second has
	 */
	static Collection<String> union(Collection<String> first, Collection<String> second) {
		Set<String> all = new LinkedHashSet<>(first);
		all.addAll(second);
		return all;
	}

}
