package io.github.prefork.master.command;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlagTokens}. What is expected was seen with the JVMs of JDK 17 and 25.
 */
class FlagTokensTests {

	static Stream<Arguments> texts() {
		String longest = "A=" + "x".repeat(1021);
		return Stream.of(Arguments.of("", List.of()), Arguments.of(" +A\t-B\r\nC=1", List.of("+A", "-B", "C=1")),
				Arguments.of("#x +B\n # +C\n+A", List.of("+A")),
				Arguments.of("A=/x/d # where 'A goes\n+B", List.of("A=/x/d", "+B")),
				Arguments.of("A=\"/a b#c\"#d B=5", List.of("A=/a b#c#d", "B=5")),
				Arguments.of("A='a \"b'\"'c\" +B", List.of("A=a \"b'c", "+B")),
				Arguments.of("A=\"/x y\n+B c\"\n", List.of("A=/x y", "+B", "c")),
				Arguments.of("\"A=/x y\"", List.of("\"A=/x", "y")),
				Arguments.of("+A " + longest + "yz\n+B", List.of("+A", longest)));
	}

	@ParameterizedTest
	@MethodSource("texts")
	void parseReturnsFlags(String text, List<String> flags) {
		assertThat(FlagTokens.parse(text)).isEqualTo(flags);
	}

}
