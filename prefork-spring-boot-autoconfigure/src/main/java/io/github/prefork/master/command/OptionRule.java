package io.github.prefork.master.command;

import org.jspecify.annotations.Nullable;

/**
 * Decides about one kind of option that must not be repeated in a child.
 */
@FunctionalInterface
interface OptionRule {

	/**
	 * Look at an option.
	 * @param option the option, one token
	 * @param label names the files of the child
	 * @return what changes, {@code null} if nothing does
	 */
	@Nullable OptionChange apply(String option, String label);

	/**
	 * Ask another rule where this one has nothing to say.
	 * @param other the other rule
	 * @return both
	 */
	default OptionRule or(OptionRule other) {
		return (option, slot) -> {
			OptionChange change = apply(option, slot);
			return (change != null) ? change : other.apply(option, slot);
		};
	}

}
