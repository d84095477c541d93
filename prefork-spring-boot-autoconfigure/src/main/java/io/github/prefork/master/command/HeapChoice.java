package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An option for the children that says how large their heap may get, and so wins over
 * {@code prefork.child.heap}.
 *
 * @param option the option as it is written
 * @param place the property that it stands in
 * @param size what it says, {@value HeapSizes#UNKNOWN} for a part of the memory
 */
record HeapChoice(String option, String place, long size) {

	/**
	 * Return what decides about the heap of a child.
	 * @param settings what the user wants in the children
	 * @param options all options of a child
	 * @param files the files that options name
	 * @return the option and where it stands, empty if {@code prefork.child.heap} decides
	 */
	static String decisive(ChildSettings settings, List<String> options, OptionFiles files) {
		HeapSizes sizes = HeapSizes.of(options);
		return all(settings, files).stream()
			.filter((choice) -> sizes.says(HeapFlag.MAX) && choice.size == sizes.size(HeapFlag.MAX))
			.reduce((first, second) -> second)
			.map(Object::toString)
			.orElse("");
	}

	// In the order in which the JVM reads them
	private static List<HeapChoice> all(ChildSettings settings, OptionFiles files) {
		Map<String, String> environment = settings.environment();
		List<HeapChoice> choices = new ArrayList<>();
		for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
			add(choices, variable(environment, name), name + " of prefork.child.environment", files);
		}
		add(choices, settings.jvmArguments(), "prefork.child.jvm-args", files);
		add(choices, variable(environment, "_JAVA_OPTIONS"), "_JAVA_OPTIONS of prefork.child.environment", files);
		return choices;
	}

	private static List<String> variable(Map<String, String> environment, String name) {
		return OptionToken.values(environment.getOrDefault(name, ""));
	}

	private static void add(List<HeapChoice> choices, List<String> options, String place, OptionFiles files) {
		for (String option : options) {
			HeapSizes sizes = HeapSizes.of(ReadOptions.of(List.of("java", option, "Main"), Map.of(), files));
			if (sizes.says(HeapFlag.MAX)) {
				choices.add(new HeapChoice(option, place, sizes.size(HeapFlag.MAX)));
			}
		}
	}

	@Override
	public String toString() {
		return this.option + " in " + this.place;
	}

}
