package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Option values in which double quotes protect a separator.
 */
final class QuotedText {

	private static final char QUOTE = '"';

	private QuotedText() {
	}

	/**
	 * Split at a separator outside of quotes.
	 * @param text the text
	 * @param separator the separator
	 * @return the parts with their quotes, in a list that can be changed
	 */
	static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char ch = text.charAt(i);
			quoted = (ch == QUOTE) != quoted;
			if (ch == separator && !quoted) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parts.add(text.substring(start));
		return parts;
	}

	/**
	 * Change a text and leave the quotes around it.
	 * @param text the text, with quotes or without
	 * @param change what to do with the text between the quotes
	 * @return the changed text with the same quotes
	 */
	static String change(String text, UnaryOperator<String> change) {
		boolean quoted = text.length() > 1 && text.charAt(0) == QUOTE && text.charAt(text.length() - 1) == QUOTE;
		return (quoted) ? QUOTE + change.apply(text.substring(1, text.length() - 1)) + QUOTE : change.apply(text);
	}

}
