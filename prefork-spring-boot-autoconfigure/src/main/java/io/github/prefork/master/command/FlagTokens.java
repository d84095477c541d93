package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the contents of a file of flags ({@code -XX:Flags}) as the JVM does: blanks
 * separate, quotes that do not begin a flag hold blanks, the end of a line ends a flag in
 * any case, and a hash that begins a flag makes the rest of the line a comment.
 */
final class FlagTokens {

	private static final String BLANKS = " \t\n\u000B\f\r";

	private static final String QUOTES = "\"'";

	/** The JVM takes what it has by then and reads no further. */
	private static final int LONGEST = 1023;

	private final List<String> tokens = new ArrayList<>();

	private final StringBuilder token = new StringBuilder();

	private boolean comment;

	private char quote;

	private FlagTokens() {
	}

	/**
	 * Read the contents.
	 * @param text the contents
	 * @return the flags in it, without a prefix
	 */
	static List<String> parse(String text) {
		FlagTokens flags = new FlagTokens();
		for (int i = 0; i < text.length() && flags.token.length() < LONGEST; i++) {
			flags.read(text.charAt(i));
		}
		flags.complete();
		return flags.tokens;
	}

	private void read(char ch) {
		if (ch == '\n' || (this.quote == 0 && BLANKS.indexOf(ch) >= 0)) {
			this.comment = this.comment && ch != '\n';
			complete();
		}
		else if (this.token.isEmpty()) {
			this.comment = this.comment || ch == '#';
			if (!this.comment) {
				this.token.append(ch);
			}
		}
		else if (this.quote == 0 && QUOTES.indexOf(ch) >= 0) {
			this.quote = ch;
		}
		else if (this.quote != 0 && ch == this.quote) {
			this.quote = 0;
		}
		else {
			this.token.append(ch);
		}
	}

	private void complete() {
		if (!this.token.isEmpty()) {
			this.tokens.add(this.token.toString());
		}
		this.token.setLength(0);
		this.quote = 0;
	}

}
