package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The file of {@code -XX:Flags}. A JVM reads one only, the last that is named anywhere,
 * and before all other options, even those of the environment. If a flag in it is not for
 * a child as it is, the child gets the flags in front of its options, and no such file.
 *
 * @param flags the options to put in front
 * @param changes what differs from the file
 */
record FlagsFile(List<JvmOption> flags, List<OptionChange> changes) implements OptionRule {

	/**
	 * Nothing in it has to change, or there is none.
	 */
	static final FlagsFile AS_IT_IS = new FlagsFile(List.of(), List.of());

	private static final String OPTION = "-XX:Flags=";

	/**
	 * What stands before a flag where it is an option.
	 */
	static final String PREFIX = "-XX:";

	private static final String IN_FRONT = "the flags that hold stand in front of the other options";

	/** Their values add up. */
	private static final Set<String> LISTS = Set.of("OnError", "OnOutOfMemoryError", "CompileCommand", "CompileOnly");

	private static final Map<String, Set<String>> SHORT_FORMS = Map.of("-Xmx", Set.of("MaxHeapSize"), "-Xms",
			Set.of("InitialHeapSize", "MinHeapSize"), "-Xmn", Set.of("NewSize", "MaxNewSize"), "-Xss",
			Set.of("ThreadStackSize"));

	FlagsFile {
		flags = List.copyOf(flags);
		changes = List.copyOf(changes);
	}

	/**
	 * Decide what a child gets.
	 * @param options the options of the master in the order in which the JVM reads them,
	 * those of the environment among them
	 * @param label names the files of the child
	 * @param files the files that options name
	 * @param more decides about further options
	 * @return the flags of the child
	 */
	static FlagsFile of(List<String> options, String label, OptionFiles files, OptionRule more) {
		ChildOptions child = ChildOptions
			.of(read(options, files).stream().map((flag) -> JvmOption.of(PREFIX + flag)).toList(), label, files, more);
		return (!child.changes().isEmpty()) ? new FlagsFile(child.options(), child.changes()) : AS_IT_IS;
	}

	/**
	 * Return what stands in the file that a JVM reads.
	 * @param options the options in the order in which the JVM reads them
	 * @param files the files that options name
	 * @return the flags without a prefix, none if no file is named or it can't be read
	 */
	static List<String> read(List<String> options, OptionFiles files) {
		String text = OptionsFile.reported(options, files)
			.stream()
			.filter(FlagsFile::isNamedBy)
			.reduce((first, second) -> second)
			.map((option) -> files.read(option.substring(OPTION.length())))
			.orElse("");
		return FlagTokens.parse(text);
	}

	static boolean isNamedBy(String option) {
		return option.startsWith(OPTION);
	}

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		return (!this.changes.isEmpty() && isNamedBy(option)) ? new OptionChange(option, null, IN_FRONT) : null;
	}

	/**
	 * Return the flags that the environment does not set: on the command line they would
	 * win over it.
	 * @param environment the options of the environment that a JVM reads before the
	 * command line
	 * @return the options to put in front
	 */
	List<JvmOption> without(List<String> environment) {
		Set<String> names = environment.stream().flatMap(FlagsFile::names).collect(Collectors.toSet());
		names.removeAll(LISTS);
		List<JvmOption> remaining = new ArrayList<>(this.flags);
		remaining.removeIf((flag) -> names(flag.text()).anyMatch(names::contains));
		return remaining;
	}

	private static Stream<String> names(String option) {
		if (option.startsWith(PREFIX)) {
			return Stream.of(option.substring(PREFIX.length()).replaceFirst("^[+-]", "").replaceFirst(":?=.*", ""));
		}
		return SHORT_FORMS.getOrDefault(option.substring(0, Math.min(option.length(), 4)), Set.of()).stream();
	}

}
