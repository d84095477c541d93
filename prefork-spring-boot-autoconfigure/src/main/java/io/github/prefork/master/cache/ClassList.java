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
