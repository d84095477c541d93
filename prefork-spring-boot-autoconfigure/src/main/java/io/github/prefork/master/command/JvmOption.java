package io.github.prefork.master.command;

import java.util.Collection;
import java.util.List;

/**
 * One option of a JVM: a single token, or a name and its value as two.
 *
 * @param tokens the one or two tokens
 */
record JvmOption(List<String> tokens) {

	JvmOption {
		tokens = List.copyOf(tokens);
	}

	static JvmOption of(String... tokens) {
		return new JvmOption(List.of(tokens));
	}

	/**
	 * Return the first token, which is the whole option unless the value is separate.
	 * @return the first token
	 */
	String text() {
		return this.tokens.get(0);
	}

	boolean startsWith(String prefix) {
		return text().startsWith(prefix);
	}

	static List<String> tokens(Collection<JvmOption> options) {
		return options.stream().flatMap((option) -> option.tokens().stream()).toList();
	}

}
