package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An option that names a file with more options.
 */
final class OptionsFile {

	private static final String OPTIONS = "-XX:VMOptionsFile=";

	private static final String FLAGS = "-XX:Flags=";

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
		if (option.startsWith(OPTIONS)) {
			String text = files.read(option.text().substring(OPTIONS.length()));
			return (text != null) ? options(text, "") : null;
		}
		if (option.startsWith(FLAGS)) {
			String text = files.read(option.text().substring(FLAGS.length()));
			return (text != null) ? options(text.replaceAll("(?m)^\\s*#.*$", ""), "-XX:") : null;
		}
		return null;
	}

	/**
	 * Return the options in the form in which the JVM reports them.
	 * @param options the options
	 * @param files the files
	 * @return the same ones, but the contents instead of a file with options of any kind
	 */
	static List<String> reported(List<String> options, OptionFiles files) {
		List<String> reported = new ArrayList<>();
		for (String option : options) {
			List<JvmOption> contents = option.startsWith(OPTIONS) ? contents(JvmOption.of(option), files) : null;
			reported.addAll((contents != null) ? JvmOption.tokens(contents) : List.of(option));
		}
		return reported;
	}

	private static List<JvmOption> options(String text, String prefix) {
		return OptionToken.values(text).stream().map((token) -> JvmOption.of(prefix + token)).toList();
	}

}
