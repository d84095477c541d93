package io.github.prefork.master.command;

import java.util.List;

import io.github.prefork.channel.ChannelAddress;

/**
 * How the command of a child differs from the plain one so that it starts faster, or
 * makes what the next ones start faster from.
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

	/**
	 * Return the form for a child that starts while processors are idle: it loads classes
	 * on a thread of its own. One that has to do with the start-up cache is left alone;
	 * that has the classes already, or writes down which ones were needed.
	 * @return the form
	 */
	public StartForm loadingClasses() {
		return PLAIN.equals(this)
				? new StartForm(List.of("-D" + ChannelAddress.LOAD_CLASSES_PROPERTY + "=true"), List.of()) : this;
	}

}
