package io.github.prefork.master.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmFactsReader}.
 */
class JvmFactsReaderTests {

	@Test
	void splitWhenTokensAreEmptyKeepsThem() {
		assertThat(split("java\0\0a b\0\u00e9\0\0")).containsExactly("java", "", "a b", "\u00e9", "");
	}

	@Test
	void splitWhenThereAreNoBytesReturnsNothing() {
		assertThat(split("")).isEmpty();
	}

	@Test
	void splitWhenLastNulIsMissingKeepsLastToken() {
		assertThat(split("java\0x")).containsExactly("java", "x");
	}

	@Test
	void warnsOfWhatCannotBeDecoded() {
		List<String> warnings = new ArrayList<>();
		List<String> tokens = JvmFactsReader.split("java\0--x=\u00e9\0".getBytes(StandardCharsets.UTF_8),
				StandardCharsets.US_ASCII);
		JvmFactsReader.warnOfUndecodable(tokens, StandardCharsets.US_ASCII, warnings::add);
		JvmFactsReader.warnOfUndecodable(List.of("java", "--x=\u00e9"), StandardCharsets.UTF_8, warnings::add);
		assertThat(warnings).singleElement().asString().contains("can't decode as US-ASCII", "LC_ALL");
	}

	private static List<String> split(String text) {
		return JvmFactsReader.split(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

}
