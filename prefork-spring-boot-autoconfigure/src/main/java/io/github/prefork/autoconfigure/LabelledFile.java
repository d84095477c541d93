package io.github.prefork.autoconfigure;

/**
 * Names of files that every process of a fleet has one of.
 */
final class LabelledFile {

	private LabelledFile() {
	}

	/**
	 * Insert the label before the extension: {@code logs/app.log} gives
	 * {@code logs/app-1.log}.
	 * @param path the path of the file
	 * @param label what the process names its files by
	 * @return the path of its own file
	 */
	static String of(String path, String label) {
		int name = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
		int dot = path.lastIndexOf('.');
		int end = (dot > name) ? dot : path.length();
		return path.substring(0, end) + "-" + label + path.substring(end);
	}

}
