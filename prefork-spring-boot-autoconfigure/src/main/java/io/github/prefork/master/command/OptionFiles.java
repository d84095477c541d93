package io.github.prefork.master.command;

import org.jspecify.annotations.Nullable;

/**
 * The files that options name.
 */
interface OptionFiles {

	/** Those of this system. */
	OptionFiles SYSTEM = new SystemOptionFiles();

	/**
	 * Return whether there is a directory of this name.
	 * @param name the name
	 * @return whether there is
	 */
	boolean isDirectory(String name);

	/**
	 * Return whether there is a file or directory of this name.
	 * @param name the name
	 * @return whether there is
	 */
	boolean exists(String name);

	/**
	 * Read a file.
	 * @param name the name
	 * @return its contents, {@code null} if it can't be read
	 */
	@Nullable String read(String name);

}
