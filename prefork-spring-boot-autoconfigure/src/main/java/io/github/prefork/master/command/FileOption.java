package io.github.prefork.master.command;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * An option whose whole value is the name of a file that the JVM writes.
 *
 * @param prefix the option up to its value
 * @param named whether the JVM chooses a distinct name if it is given a directory
 * @param directory tells whether a name is that of a directory
 */
record FileOption(String prefix, boolean named, Predicate<String> directory) implements OptionRule {

	static final String REASON = "two processes must not write one file";

	@Override
	public @Nullable OptionChange apply(String option, int slot) {
		if (!option.startsWith(this.prefix)) {
			return null;
		}
		String file = option.substring(this.prefix.length());
		if (this.directory.test(file)) {
			return null;
		}
		UnaryOperator<String> rename = (this.named) ? OwnFileName::directoryOf : OwnFileName.withSlotAndPid(slot);
		String own = rename.apply(file);
		return (!own.equals(file)) ? new OptionChange(option, this.prefix + own, REASON) : null;
	}

}
