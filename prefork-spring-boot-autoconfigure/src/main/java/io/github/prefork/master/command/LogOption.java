package io.github.prefork.master.command;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The JVM's own log: {@code -Xlog:what:output:decorators:options}. A JVM that finds a
 * file of an earlier one rotates it.
 */
final class LogOption implements OptionRule {

	private static final String PREFIX = "-Xlog:";

	private static final String FILE = "file=";

	private static final Set<String> STREAMS = Set.of("", "stdout", "stderr");

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		List<String> parts = QuotedText.split(option, ':');
		// The first part is the name of the option
		if (!option.startsWith(PREFIX) || parts.size() < 3 || STREAMS.contains(parts.get(2))) {
			return null;
		}
		String output = parts.get(2);
		String prefix = output.startsWith(FILE) ? FILE : "";
		parts.set(2,
				prefix + QuotedText.change(output.substring(prefix.length()), (name) -> OwnFileName.of(name, label)));
		String replacement = String.join(":", parts);
		return (!replacement.equals(option)) ? new OptionChange(option, replacement, FileOption.REASON) : null;
	}

}
