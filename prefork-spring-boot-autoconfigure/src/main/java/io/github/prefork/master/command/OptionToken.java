package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

/**
 * One of several options in a text, such as the value of an environment variable. Blanks
 * separate them, both kinds of quotes hold blanks, and nothing is escaped.
 *
 * @param value the option
 * @param raw the option as it stands in the text, with its quotes
 */
record OptionToken(String value, String raw) {

	private static final String BLANKS = " \t\n\u000B\f\r";

	private static final String QUOTES = "\"'";

	/**
	 * Split a text.
	 * @param text the text
	 * @return the options in it
	 */
	static List<OptionToken> split(String text) {
		List<OptionToken> tokens = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int end = end(text, start);
			if (end > start) {
				String raw = text.substring(start, end);
				tokens.add(new OptionToken(unquote(raw), raw));
			}
			start = end + 1;
		}
		return tokens;
	}

	static List<String> values(String text) {
		return split(text).stream().map(OptionToken::value).toList();
	}

	private static int end(String text, int start) {
		char quote = 0;
		int end = start;
		while (end < text.length() && (quote != 0 || BLANKS.indexOf(text.charAt(end)) < 0)) {
			quote = quoteAfter(quote, text.charAt(end));
			end++;
		}
		return end;
	}

	private static String unquote(String raw) {
		StringBuilder value = new StringBuilder();
		char quote = 0;
		for (char ch : raw.toCharArray()) {
			char next = quoteAfter(quote, ch);
			if (next == quote) {
				value.append(ch);
			}
			quote = next;
		}
		return value.toString();
	}

	private static char quoteAfter(char quote, char ch) {
		if (quote != 0) {
			return (ch == quote) ? 0 : quote;
		}
		return (QUOTES.indexOf(ch) >= 0) ? ch : 0;
	}

	/**
	 * Write an option in such a way that it is read again.
	 * @param value the option
	 * @return the text to put between others
	 */
	static String quote(String value) {
		if (!value.isEmpty() && value.chars().noneMatch((ch) -> (BLANKS + QUOTES).indexOf(ch) >= 0)) {
			return value;
		}
		if (value.indexOf('"') < 0) {
			return '"' + value + '"';
		}
		// A double quote can only stand between single ones, and the other way round
		return (value.indexOf('\'') < 0) ? '\'' + value + '\'' : '"' + value.replace("\"", "\"'\"'\"") + '"';
	}

}
