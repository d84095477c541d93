package io.github.prefork.master.command;

import org.jspecify.annotations.Nullable;

/**
 * An option of the master that a child does not get as it is.
 *
 * @param option the option of the master
 * @param replacement what the child gets instead, {@code null} for nothing
 * @param reason why, to be read after the option
 */
record OptionChange(String option, @Nullable String replacement, String reason) {

	@Override
	public String toString() {
		return "'" + this.option + "' "
				+ ((this.replacement != null) ? "becomes '" + this.replacement + "'" : "is dropped") + ": "
				+ this.reason;
	}

}
