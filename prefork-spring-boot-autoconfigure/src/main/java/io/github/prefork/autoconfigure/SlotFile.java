package io.github.prefork.autoconfigure;

/**
 * Names of files that every child has one of.
 */
final class SlotFile {

	private SlotFile() {
	}

	/**
	 * Insert the slot before the extension: {@code logs/app.log} gives
	 * {@code logs/app-1.log}, for a standby {@code logs/app-standby-0.log}. A standby
	 * keeps the name when it is given a slot, and no other live one has the same.
	 * @param path the path of the file
	 * @param slot the slot of the child; for a standby -1 less its number
	 * @return the path of the child's own file
	 */
	static String of(String path, int slot) {
		int name = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
		int dot = path.lastIndexOf('.');
		int end = (dot > name) ? dot : path.length();
		return path.substring(0, end) + "-" + ((slot >= 0) ? slot : "standby-" + (-1 - slot)) + path.substring(end);
	}

}
