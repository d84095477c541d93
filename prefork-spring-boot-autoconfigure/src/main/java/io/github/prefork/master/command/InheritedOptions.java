package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a child gets of the options that the master was started with: those of the file of
 * flags, of the environment and of the command line.
 *
 * @param flags those of the file of flags
 * @param variables the variables that hold options, by their names and in the order in
 * which they were looked at
 * @param environment the environment of the master with these variables, but without
 * those that the user sets for the children
 * @param options those of the command line
 */
record InheritedOptions(FlagsFile flags, Map<String, OptionsVariable> variables, Map<String, String> environment,
		ChildOptions options) {

	/**
	 * Decide what a child gets.
	 * @param source what its command is made from
	 * @param label names its files
	 * @param heap decides about options of the heap
	 * @return the options of the child
	 */
	static InheritedOptions of(CommandSource source, String label, HeapOptions heap) {
		Map<String, String> environment = new HashMap<>(source.environment());
		// What the user wants in the children is left alone
		environment.keySet().removeAll(source.settings().environment().keySet());
		FlagsFile flags = flags(source, environment, label, heap);
		OptionRule more = flags.or(heap);
		Map<String, OptionsVariable> variables = JvmEnvironmentOptions.forChild(environment, label, source.files(),
				more);
		variables.forEach((name, variable) -> environment.compute(name, (same, value) -> variable.value()));
		return new InheritedOptions(flags, variables, environment,
				ChildOptions.of(source.master().options(), label, source.files(), more));
	}

	private static FlagsFile flags(CommandSource source, Map<String, String> environment, String label,
			HeapOptions heap) {
		if (isFlagsFileForChildren(source.settings(), source.files())) {
			return FlagsFile.AS_IT_IS;
		}
		List<String> options = new ArrayList<>(JvmEnvironmentOptions.before(environment));
		source.master().options().forEach((option) -> options.add(option.text()));
		options.addAll(JvmEnvironmentOptions.after(environment));
		return FlagsFile.of(options, label, source.files(), heap);
	}

	// The user says which one the children read
	private static boolean isFlagsFileForChildren(ChildSettings settings, OptionFiles files) {
		return Stream
			.of(settings.jvmArguments(), before(settings.environment(), files),
					JvmEnvironmentOptions.after(settings.environment()))
			.flatMap(List::stream)
			.anyMatch(FlagsFile::isNamedBy);
	}

	private static List<String> before(Map<String, String> environment, OptionFiles files) {
		return OptionsFile.reported(JvmEnvironmentOptions.before(environment), files);
	}

	/**
	 * Return what of them stands on the command line of the child.
	 * @param childEnvironment the whole environment of the child
	 * @param files the files that options name
	 * @return the tokens
	 */
	List<String> commandLine(Map<String, String> childEnvironment, OptionFiles files) {
		return Stream.of(this.flags.without(before(childEnvironment, files)), this.options.options())
			.flatMap((list) -> JvmOption.tokens(list).stream())
			.filter((token) -> !ProcessorOptions.isSaidBy(token))
			.toList();
	}

}
