package io.github.prefork.master;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmEnvironmentOptions}.
 */
class JvmEnvironmentOptionsTests {

	static Stream<Arguments> values() {
		return Stream.of(Arguments.of("", List.of()), Arguments.of("  \t", List.of()),
				Arguments.of("-Da=1", List.of("-Da=1")), Arguments.of("  -Da=1\n-Db=2 ", List.of("-Da=1", "-Db=2")),
				Arguments.of("-Da='x y' '-Db=it \"is\"'", List.of("-Da=x y", "-Db=it \"is\"")),
				Arguments.of("-Da=\"x y\"z", List.of("-Da=x yz")), Arguments.of("''", List.of("")),
				Arguments.of("-Da='open end", List.of("-Da=open end")));
	}

	@ParameterizedTest
	@MethodSource("values")
	void splitReturnsOptions(String value, List<String> options) {
		assertThat(JvmEnvironmentOptions.split(value)).isEqualTo(options);
	}

}
