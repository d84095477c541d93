package io.github.prefork.master;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The options of the master that a child gets, and how they differ: ports that one
 * process only can have are dropped, files get a name of their own.
 *
 * @param options the options of the child
 * @param changes what differs, in the order of the options
 */
record ChildOptions(List<JvmOption> options, List<OptionChange> changes) {

	/**
	 * Decide what a child gets.
	 * @param options the options of the master
	 * @param slot the slot of the child
	 * @return the options of the child
	 */
	static ChildOptions of(List<JvmOption> options, int slot) {
		return of(options, slot, ChildOptions::isDirectory);
	}

	static ChildOptions of(List<JvmOption> options, int slot, Predicate<String> directory) {
		List<OptionRule> rules = rules(directory);
		List<JvmOption> kept = new ArrayList<>();
		List<OptionChange> changes = new ArrayList<>();
		for (JvmOption option : options) {
			OptionChange change = change(option.text(), slot, rules);
			if (change == null) {
				kept.add(option);
				continue;
			}
			changes.add(change);
			if (change.replacement() != null) {
				kept.add(JvmOption.of(change.replacement()));
			}
		}
		return new ChildOptions(List.copyOf(kept), List.copyOf(changes));
	}

	private static @Nullable OptionChange change(String option, int slot, List<OptionRule> rules) {
		for (OptionRule rule : rules) {
			OptionChange change = rule.apply(option, slot);
			if (change != null) {
				return change;
			}
		}
		return null;
	}

	private static List<OptionRule> rules(Predicate<String> directory) {
		List<OptionRule> rules = new ArrayList<>(DroppedOption.ALL);
		rules.add(new LogOption());
		rules.add(new RecordingOption(directory));
		rules.add(new FileOption("-Xloggc:", false, directory));
		rules.add(new FileOption("-XX:LogFile=", false, directory));
		rules.add(new FileOption("-XX:ErrorFile=", false, directory));
		rules.add(new FileOption("-XX:HeapDumpPath=", true, directory));
		return rules;
	}

	private static boolean isDirectory(String name) {
		try {
			return Files.isDirectory(Path.of(name));
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

}
