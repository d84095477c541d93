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

	/**
	 * Return when a file was written.
	 * @param name the name
	 * @return the time in milliseconds since the epoch, {@code null} if there is no such
	 * file
	 */
	@Nullable Long modified(String name);

	/**
	 * Remove a file. Has no effect if that is not possible.
	 * @param name the name
	 */
	void remove(String name);

}
