package io.github.prefork.master.command;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A class archive that is not there yet, because the master writes it when it ends. A JVM
 * that is told to use it would do without its default one too.
 *
 * @param exists tells whether there is a file of a name
 */
record MissingArchive(Predicate<String> exists) implements OptionRule {

	private static final String NAME = "-XX:SharedArchiveFile=";

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		if (!option.startsWith(NAME)) {
			return null;
		}
		// There may be two, a static one and one on top of it
		for (String file : option.substring(NAME.length()).split(":")) {
			if (!this.exists.test(file)) {
				return new OptionChange(option, null,
						"there is no such archive, and the default one is better than none");
			}
		}
		return null;
	}

}
