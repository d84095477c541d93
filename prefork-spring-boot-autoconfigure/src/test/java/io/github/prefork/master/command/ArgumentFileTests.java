package io.github.prefork.master.command;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArgumentFile}. What is expected was seen with the launchers of JDK 17
 * and 25.
 */
class ArgumentFileTests {

	static Stream<Arguments> texts() {
		return Stream.of(Arguments.of("", List.of()), Arguments.of(" \n", List.of()),
				Arguments.of("plain  two\ttab\ffeed\r\nlast", List.of("plain", "two", "tab", "feed", "last")),
				Arguments.of("\"double q\" 'single q' mid\"dle q\"end", List.of("double q", "single q", "middle qend")),
				Arguments.of("'' \"\"\n", List.of("", "")), Arguments.of("# comment\na # more\nb", List.of("a", "b")),
				Arguments.of("x#y z\na", List.of("a")), Arguments.of("\"in # quote\"", List.of("in # quote")),
				Arguments.of("it''s \"it's\" '\"'", List.of("its", "it's", "\"")),
				Arguments.of("back\\slash \"esc\\\\aped\" 'a\\'b' \"\\q\"",
						List.of("back\\slash", "esc\\aped", "a'b", "q")),
				Arguments.of("\"n\\nr\\rt\\tf\\f\"", List.of("n\nr\rt\tf\f")),
				Arguments.of("\"open end\nnext", List.of("open end", "next")),
				Arguments.of("\"con\\\n   tinued\" \"a\\\r\n b\"", List.of("continued", "ab")),
				Arguments.of("a \"\"", List.of("a")), Arguments.of("a '", List.of("a")),
				Arguments.of("a \"b c", List.of("a", "b c")), Arguments.of("a \"b\\", List.of("a")),
				Arguments.of("a \"b\\\n  ", List.of("a")), Arguments.of("\"\\\n\"", List.of("")),
				Arguments.of("a 'b\\n", List.of("a", "b\n")), Arguments.of("a\\", List.of("a\\")),
				Arguments.of("\"x\"#c\nz", List.of("xz")), Arguments.of("'x'y#c\nz q", List.of("xz", "q")),
				Arguments.of("a \"x\"#c\n", List.of("a")),
				Arguments.of("@nested \"@quoted\"", List.of("@nested", "@quoted")));
	}

	@ParameterizedTest
	@MethodSource("texts")
	void parseReturnsArguments(String text, List<String> arguments) {
		assertThat(ArgumentFile.parse(text)).isEqualTo(arguments);
	}

}
