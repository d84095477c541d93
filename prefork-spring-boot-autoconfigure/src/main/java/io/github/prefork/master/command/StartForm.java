package io.github.prefork.master.command;

import java.util.List;

/**
 * How the command of a child differs from the plain one so that it starts faster, or
 * makes what the next ones start faster from.
 *
 * @param options options of the JVM, put before those of the user
 * @param target what to run instead, empty for the same
 * @param loadsClasses whether the child loads classes on a thread of its own, if that is
 * of use to it
 */
public record StartForm(List<String> options, List<String> target, boolean loadsClasses) {

	/** The plain command. */
	public static final StartForm PLAIN = new StartForm(List.of(), List.of());

	public StartForm {
		options = List.copyOf(options);
		target = List.copyOf(target);
	}

	/**
	 * Create the form of a child that loads classes as they are needed.
	 * @param options options of the JVM
	 * @param target what to run instead, empty for the same
	 */
	public StartForm(List<String> options, List<String> target) {
		this(options, target, false);
	}

	/**
	 * Return the form of a child that starts while processors are idle.
	 * @return the same, which loads classes on a thread of its own
	 */
	public StartForm loadingClasses() {
		return new StartForm(this.options, this.target, true);
	}

}
