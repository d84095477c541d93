package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A flight recording that is started with the JVM. Not every JVM puts its process id for
 * {@code %p}. Where no file is named, the JVM that writes one would name it by its pid
 * and the time.
 *
 * @param file chooses the name of the file
 */
record RecordingOption(LastFile file) implements OptionRule {

	private static final String NAME = "-XX:StartFlightRecording";

	private static final String FILE = "filename=";

	private static final String WRITTEN = "dumponexit=true";

	private static final String USUAL = "java.jfr";

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		if (!option.startsWith(NAME) || option.length() == NAME.length()) {
			return null;
		}
		int start = NAME.length() + 1;
		List<String> parameters = new ArrayList<>(QuotedText.split(option.substring(start), ','));
		parameters.replaceAll((parameter) -> parameter(parameter, label));
		if (parameters.contains(WRITTEN) && parameters.stream().noneMatch((each) -> each.startsWith(FILE))) {
			parameters.add(FILE + this.file.next(USUAL, label));
		}
		String replacement = option.substring(0, start) + String.join(",", parameters);
		return (!replacement.equals(option)) ? new OptionChange(option, replacement, FileOption.REASON) : null;
	}

	private String parameter(String parameter, String label) {
		return (parameter.startsWith(FILE))
				? FILE + QuotedText.change(parameter.substring(FILE.length()), (name) -> ownFile(name, label))
				: parameter;
	}

	private String ownFile(String name, String label) {
		return (this.file.files().isDirectory(name)) ? this.file.nextIn(name, USUAL, label)
				: this.file.next(name, label);
	}

}
