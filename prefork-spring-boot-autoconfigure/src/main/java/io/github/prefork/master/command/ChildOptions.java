package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The options of the master that a child gets, and how they differ: ports that one
 * process only can have are dropped, files get a name of their own.
 *
 * @param options the options of the child
 * @param changes what differs, in the order of the options
 */
record ChildOptions(List<JvmOption> options, List<OptionChange> changes) {

	private static final String IN_FILE = "an option in this file is not for a child as it is";

	ChildOptions {
		options = List.copyOf(options);
		changes = List.copyOf(changes);
	}

	/**
	 * Decide what a child gets.
	 * @param options the options of the master
	 * @param label names the files of the child
	 * @param files the files that the options name
	 * @param more decides about further options, the file of flags among them
	 * @return the options of the child
	 */
	static ChildOptions of(List<JvmOption> options, String label, OptionFiles files, OptionRule more) {
		List<OptionRule> rules = rules(files);
		rules.add(more);
		return of(options, label, files, rules);
	}

	private static ChildOptions of(List<JvmOption> options, String label, OptionFiles files, List<OptionRule> rules) {
		List<JvmOption> kept = new ArrayList<>();
		List<OptionChange> changes = new ArrayList<>();
		for (JvmOption option : options) {
			ChildOptions own = of(option, label, files, rules);
			kept.addAll(own.options);
			changes.addAll(own.changes);
		}
		return new ChildOptions(kept, changes);
	}

	private static ChildOptions of(JvmOption option, String label, OptionFiles files, List<OptionRule> rules) {
		List<JvmOption> contents = OptionsFile.contents(option, files);
		if (contents != null) {
			return ofFile(option, of(contents, label, files, rules));
		}
		OptionChange change = change(option.text(), label, rules);
		if (change == null) {
			return new ChildOptions(List.of(option), List.of());
		}
		return new ChildOptions(
				(change.replacement() != null) ? List.of(JvmOption.of(change.replacement())) : List.of(),
				List.of(change));
	}

	private static ChildOptions ofFile(JvmOption option, ChildOptions contents) {
		if (contents.changes.isEmpty()) {
			return new ChildOptions(List.of(option), List.of());
		}
		List<OptionChange> changes = new ArrayList<>();
		changes.add(new OptionChange(option.text(), String.join(" ", JvmOption.tokens(contents.options)), IN_FILE));
		changes.addAll(contents.changes);
		return new ChildOptions(contents.options, changes);
	}

	private static @Nullable OptionChange change(String option, String label, List<OptionRule> rules) {
		for (OptionRule rule : rules) {
			OptionChange change = rule.apply(option, label);
			if (change != null) {
				return change;
			}
		}
		return null;
	}

	private static List<OptionRule> rules(OptionFiles files) {
		List<OptionRule> rules = new ArrayList<>(DroppedOption.ALL);
		rules.add(new MissingArchive(files::exists));
		rules.add(new LogOption());
		rules.add(new RecordingOption(new LastFile(files, true)));
		rules.add(new FileOption("-Xloggc:", files::isDirectory));
		rules.add(new FileOption("-XX:LogFile=", files::isDirectory));
		rules.add(LastFileOption.errorFile(files));
		rules.add(LastFileOption.heapDump(files));
		return rules;
	}

}
