package io.github.prefork.master.cache;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What of the output of a program tells why it has failed, in one line.
 */
final class LastWords {

	/** In characters, of the end of the output; a stack trace fits. */
	private static final int KEPT = 32 * 1024;

	/** In characters, of the line. */
	private static final int MOST = 300;

	private static final Pattern CAUSE = Pattern.compile("Caused by: .*|APPLICATION FAILED TO START");

	/** Frames of a stack trace, and lines that only adorn. */
	private static final Pattern NOISE = Pattern
		.compile("at \\S+\\(.*|\\.\\.\\. \\d+ (more|common frames omitted)|[^\\p{L}\\p{N}]*");

	private static final String BETWEEN = " / ";

	private static final String GAP = " ... ";

	private final StringBuilder output = new StringBuilder();

	void add(String more) {
		this.output.append(more);
		this.output.delete(0, Math.max(0, this.output.length() - KEPT));
	}

	/**
	 * Return the last cause that it has named, with what is around it, or else its last
	 * lines.
	 * @return at most 300 characters, without line breaks
	 */
	@Override
	public String toString() {
		List<String> lines = this.output.toString()
			.lines()
			.map(String::strip)
			.filter((line) -> !NOISE.matcher(line).matches())
			.toList();
		int from = first(lines);
		for (int cause = lines.size() - 1; cause >= 0; cause--) {
			if (CAUSE.matcher(lines.get(cause)).matches()) {
				from = Math.min(from, cause);
				break;
			}
		}
		return shortened(String.join(BETWEEN, lines.subList(from, lines.size())));
	}

	// The last one is told however long it is
	private static int first(List<String> lines) {
		int from = Math.max(0, lines.size() - 1);
		int length = lines.isEmpty() ? 0 : lines.get(from).length();
		while (from > 0 && length + BETWEEN.length() + lines.get(from - 1).length() <= MOST) {
			from--;
			length += BETWEEN.length() + lines.get(from).length();
		}
		return from;
	}

	// Its begin says what it is, and its end often why
	private static String shortened(String line) {
		return (line.length() <= MOST) ? line
				: line.substring(0, MOST / 2) + GAP + line.substring(line.length() - MOST / 2 + GAP.length());
	}

}
