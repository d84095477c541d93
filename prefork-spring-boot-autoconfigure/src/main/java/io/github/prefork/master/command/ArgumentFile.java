package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the contents of an argument file ({@code java @file}) as the launcher does:
 * blanks separate, quotes of either kind hold blanks up to the end of the line, a
 * backslash escapes between quotes only, and a hash begins a comment.
 */
final class ArgumentFile {

	private static final String BLANKS = " \t\n\r\f";

	private static final String END_OF_LINE = "\n\r";

	private static final String ESCAPED = "nrtf";

	private static final String ESCAPES = "\n\r\t\f";

	private final String text;

	private final List<String> tokens = new ArrayList<>();

	private final StringBuilder token = new StringBuilder();

	private boolean started;

	private int position;

	private ArgumentFile(String text) {
		this.text = text;
	}

	/**
	 * Read the contents.
	 * @param text the contents
	 * @return the arguments in it
	 */
	static List<String> parse(String text) {
		return new ArgumentFile(text).parse();
	}

	private List<String> parse() {
		while (hasNext()) {
			char ch = next();
			if (BLANKS.indexOf(ch) >= 0) {
				complete();
			}
			else if (ch == '"' || ch == '\'') {
				quoted(ch);
			}
			else if (ch == '#') {
				comment();
			}
			else {
				append(ch);
			}
		}
		complete();
		return this.tokens;
	}

	private void quoted(char quote) {
		this.started = true;
		while (hasNext()) {
			char ch = next();
			if (END_OF_LINE.indexOf(ch) >= 0) {
				complete();
				return;
			}
			if (ch == quote) {
				return;
			}
			if (ch != '\\') {
				append(ch);
			}
			else if (hasNext()) {
				escaped(next());
			}
		}
	}

	private void escaped(char ch) {
		if (END_OF_LINE.indexOf(ch) < 0) {
			int index = ESCAPED.indexOf(ch);
			append((index >= 0) ? ESCAPES.charAt(index) : ch);
			return;
		}
		// The line goes on with the first character of the next one
		while (hasNext() && BLANKS.indexOf(this.text.charAt(this.position)) >= 0) {
			next();
		}
	}

	private void comment() {
		// The launcher forgets what stands right before it
		this.token.setLength(0);
		this.started = false;
		while (hasNext() && END_OF_LINE.indexOf(next()) < 0) {
			continue;
		}
	}

	private void append(char ch) {
		this.token.append(ch);
		this.started = true;
	}

	private void complete() {
		if (this.started) {
			this.tokens.add(this.token.toString());
			this.token.setLength(0);
			this.started = false;
		}
	}

	private boolean hasNext() {
		return this.position < this.text.length();
	}

	private char next() {
		return this.text.charAt(this.position++);
	}

}
