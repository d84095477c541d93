package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the contents of an argument file ({@code java @file}) as the launchers of JDK 17
 * and 25 do: blanks separate, quotes of either kind hold blanks up to the end of the
 * line, a backslash escapes between quotes only, and a hash begins a comment. Their
 * oddities are followed too: a hash makes them forget the characters right before it, but
 * not what was quoted, which begins the next argument; at the end of the file an argument
 * counts if it is not empty or holds an escape, and an open escape drops it. The one that
 * is not followed: of an argument across a multiple of 4,096 bytes they forget less.
 * <p>
 * If the application's main class, jar or arguments come out other than the JVM reports
 * them, {@link CommandLineReader} takes what the JVM reports. Options are not compared.
 */
final class ArgumentFile {

	private static final String BLANKS = " \t\n\r\f";

	private static final String END_OF_LINE = "\n\r";

	private static final String ESCAPED = "nrtf";

	private static final String ESCAPES = "\n\r\t\f";

	private final String text;

	private final List<String> tokens = new ArrayList<>();

	/** What a hash does not take back, {@code null} if there is nothing. */
	private @Nullable StringBuilder kept;

	private final StringBuilder run = new StringBuilder();

	private boolean started;

	private boolean escape;

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
				continue;
			}
			this.started = true;
			if (ch == '"' || ch == '\'') {
				quoted(ch);
			}
			else if (ch == '#') {
				comment();
			}
			else {
				this.run.append(ch);
			}
		}
		if (this.started && !this.escape && (this.kept != null || !this.run.isEmpty())) {
			complete();
		}
		return this.tokens;
	}

	private void quoted(char quote) {
		keepUnlessEmpty();
		while (hasNext()) {
			char ch = next();
			if (END_OF_LINE.indexOf(ch) >= 0) {
				complete();
				return;
			}
			if (ch == quote) {
				keepUnlessEmpty();
				return;
			}
			if (ch != '\\') {
				this.run.append(ch);
			}
			else {
				keep();
				escaped();
			}
		}
	}

	private void escaped() {
		this.escape = !hasNext();
		if (this.escape) {
			return;
		}
		char ch = next();
		if (END_OF_LINE.indexOf(ch) < 0) {
			int index = ESCAPED.indexOf(ch);
			this.run.append((index >= 0) ? ESCAPES.charAt(index) : ch);
			keep();
			return;
		}
		// The line goes on with the first character of the next one
		while (hasNext() && BLANKS.indexOf(this.text.charAt(this.position)) >= 0) {
			next();
		}
		this.escape = !hasNext();
	}

	private void comment() {
		this.run.setLength(0);
		this.started = false;
		while (hasNext() && END_OF_LINE.indexOf(next()) < 0) {
			continue;
		}
	}

	private void keepUnlessEmpty() {
		if (!this.run.isEmpty()) {
			keep();
		}
	}

	private void keep() {
		this.kept = ((this.kept != null) ? this.kept : new StringBuilder()).append(this.run);
		this.run.setLength(0);
	}

	private void complete() {
		if (this.started) {
			keep();
			this.tokens.add(String.valueOf(this.kept));
			this.kept = null;
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
