package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An option that names a file with more options. A JVM reads them in the place of this
 * one, and knows no comments in them.
 */
final class OptionsFile {

	private static final String OPTION = "-XX:VMOptionsFile=";

	private OptionsFile() {
	}

	/**
	 * Return what stands in the file that an option names.
	 * @param option the option
	 * @param files the files
	 * @return the options in the file, {@code null} if the option is of another kind or
	 * the file can't be read
	 */
	static @Nullable List<JvmOption> contents(JvmOption option, OptionFiles files) {
		String text = (option.startsWith(OPTION)) ? files.read(option.text().substring(OPTION.length())) : null;
		return (text != null) ? OptionToken.values(text).stream().map(JvmOption::of).toList() : null;
	}

	/**
	 * Return the options in the form in which the JVM reports them.
	 * @param options the options
	 * @param files the files
	 * @return the same ones, but the contents instead of a file with options
	 */
	static List<String> reported(List<String> options, OptionFiles files) {
		List<String> reported = new ArrayList<>();
		for (String option : options) {
			List<JvmOption> contents = contents(JvmOption.of(option), files);
			reported.addAll((contents != null) ? JvmOption.tokens(contents) : List.of(option));
		}
		return reported;
	}

}
