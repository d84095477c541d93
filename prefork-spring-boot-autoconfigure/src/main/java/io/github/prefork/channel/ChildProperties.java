package io.github.prefork.channel;

/**
 * The names of the system properties that a master puts on the command line of a child.
 * They must not look like properties of the user's.
 */
public final class ChildProperties {

	/**
	 * Tells a child that it is one, and of which master, also if the environment does not
	 * reach it.
	 */
	public static final String LAUNCHED_BY = "io.github.prefork.launched-by";

	/**
	 * Tells a child what to name its files by.
	 */
	public static final String FILE_LABEL = "io.github.prefork.file-label";

	/**
	 * Tells a child to load classes on a thread of its own while it starts.
	 */
	public static final String LOAD_CLASSES = "io.github.prefork.load-classes";

	private ChildProperties() {
	}

}
