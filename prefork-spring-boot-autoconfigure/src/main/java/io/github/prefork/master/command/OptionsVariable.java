package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An environment variable from which a JVM takes options, as a child gets it. Options
 * that are no different stay as they are written.
 *
 * @param value the value for the child, {@code null} if it gets no such variable
 * @param changes what differs from the master's
 */
record OptionsVariable(@Nullable String value, List<OptionChange> changes) {

	/**
	 * Decide what a child gets.
	 * @param value the master's value
	 * @param launcher whether the launcher reads the variable, by its own rules
	 * @param label names the files of the child
	 * @param files the files that the options name
	 * @param more decides about further options, the file of flags among them
	 * @return the variable of the child
	 */
	static OptionsVariable of(String value, boolean launcher, String label, OptionFiles files, OptionRule more) {
		List<String> kept = new ArrayList<>();
		List<OptionChange> changes = new ArrayList<>();
		Iterator<OptionToken> tokens = OptionToken.split(value).iterator();
		while (tokens.hasNext()) {
			OptionToken token = tokens.next();
			boolean pair = launcher && LauncherSyntax.hasSeparateValue(token.value()) && tokens.hasNext();
			ChildOptions own = ChildOptions.of(List.of(JvmOption.of(token.value())), label, files, more);
			if (pair || own.changes().isEmpty()) {
				kept.add(token.raw());
			}
			else {
				JvmOption.tokens(own.options()).forEach((option) -> kept.add(OptionToken.quote(option)));
				changes.addAll(own.changes());
			}
			if (pair) {
				kept.add(tokens.next().raw());
			}
		}
		if (changes.isEmpty()) {
			return new OptionsVariable(value, changes);
		}
		return new OptionsVariable((!kept.isEmpty()) ? String.join(" ", kept) : null, changes);
	}

}
