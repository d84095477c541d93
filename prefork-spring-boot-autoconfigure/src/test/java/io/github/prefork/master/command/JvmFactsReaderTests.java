package io.github.prefork.master.command;

import java.nio.charset.StandardCharsets;
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

	private static List<String> split(String text) {
		return JvmFactsReader.split(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

}
