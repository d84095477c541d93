package io.github.prefork.master.command;

import java.util.List;

/**
 * How the command of a child differs from the plain one because of the start-up cache.
 *
 * @param options options of the JVM, put before those of the user
 * @param target what to run instead, empty for the same
 */
public record StartForm(List<String> options, List<String> target) {

	/** The plain command. */
	public static final StartForm PLAIN = new StartForm(List.of(), List.of());

	public StartForm {
		options = List.copyOf(options);
		target = List.copyOf(target);
	}

}
