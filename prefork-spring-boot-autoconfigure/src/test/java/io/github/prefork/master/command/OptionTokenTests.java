package io.github.prefork.master.command;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OptionToken}.
 */
class OptionTokenTests {

	static Stream<Arguments> texts() {
		return Stream.of(Arguments.of("", List.of()), Arguments.of("  \t", List.of()),
				Arguments.of("-Da=1", List.of("-Da=1")), Arguments.of("  -Da=1\n-Db=2 ", List.of("-Da=1", "-Db=2")),
				Arguments.of("-Da\u000B-Db\f-Dc\u001C-Dd", List.of("-Da", "-Db", "-Dc\u001C-Dd")),
				Arguments.of("-Da='x y' '-Db=it \"is\"'", List.of("-Da=x y", "-Db=it \"is\"")),
				Arguments.of("-Da=\"x y\"z", List.of("-Da=x yz")), Arguments.of("''", List.of("")),
				Arguments.of("-Da=\\n\\\"x\\ y\"", List.of("-Da=\\n\\x\\ y")),
				Arguments.of("-Da='open end", List.of("-Da=open end")));
	}

	@ParameterizedTest
	@MethodSource("texts")
	void valuesReturnsOptions(String text, List<String> options) {
		assertThat(OptionToken.values(text)).isEqualTo(options);
	}

	@Test
	void splitKeepsWhatIsWritten() {
		assertThat(OptionToken.split(" -Da='x y'\t\"-Db\"")).containsExactly(new OptionToken("-Da=x y", "-Da='x y'"),
				new OptionToken("-Db", "\"-Db\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-Da=1", "-Da=x y", "tab\t", "it's", "\"quoted\"", "both ' and \"", "\"", "'",
			"'\"'\"", "\"\"''", "back\\slash" })
	void quoteIsReadAgain(String option) {
		assertThat(OptionToken.values("-Xa " + OptionToken.quote(option) + " -Xb")).containsExactly("-Xa", option,
				"-Xb");
	}

	@Test
	void quoteWhenNotNeededReturnsOption() {
		assertThat(OptionToken.quote("-Da=1,b:c")).isEqualTo("-Da=1,b:c");
	}

}
