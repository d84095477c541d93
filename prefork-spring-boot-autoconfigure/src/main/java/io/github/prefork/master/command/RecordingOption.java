package io.github.prefork.master.command;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A flight recording that is started with the JVM.
 *
 * @param directory tells whether a name is that of a directory
 */
record RecordingOption(Predicate<String> directory) implements OptionRule {

	private static final String NAME = "-XX:StartFlightRecording";

	private static final String FILE = "filename=";

	@Override
	public @Nullable OptionChange apply(String option, int slot) {
		if (!option.startsWith(NAME) || option.length() == NAME.length()) {
			return null;
		}
		int start = NAME.length() + 1;
		List<String> parameters = QuotedText.split(option.substring(start), ',');
		parameters.replaceAll(this::parameter);
		String replacement = option.substring(0, start) + String.join(",", parameters);
		return (!replacement.equals(option)) ? new OptionChange(option, replacement, FileOption.REASON) : null;
	}

	private String parameter(String parameter) {
		return (parameter.startsWith(FILE))
				? FILE + QuotedText.change(parameter.substring(FILE.length()), this::ownFile) : parameter;
	}

	private String ownFile(String file) {
		return (this.directory.test(file)) ? file : OwnFileName.directoryOf(file);
	}

}
