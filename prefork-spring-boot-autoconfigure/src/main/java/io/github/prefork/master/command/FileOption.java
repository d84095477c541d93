package io.github.prefork.master.command;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * An option whose whole value is the name of a file that the JVM writes into as long as
 * it lives.
 *
 * @param prefix the option up to its value
 * @param directory tells whether a name is that of a directory
 */
record FileOption(String prefix, Predicate<String> directory) implements OptionRule {

	static final String REASON = "two processes must not write one file";

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		if (!option.startsWith(this.prefix)) {
			return null;
		}
		String file = option.substring(this.prefix.length());
		String own = (this.directory.test(file)) ? file : OwnFileName.of(file, label);
		return (!own.equals(file)) ? new OptionChange(option, this.prefix + own, REASON) : null;
	}

}
