package io.github.prefork.master.command;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutOfMemoryOption}.
 */
class OutOfMemoryOptionTests {

	@ParameterizedTest
	@ValueSource(strings = { "-XX:+ExitOnOutOfMemoryError", "-XX:-ExitOnOutOfMemoryError",
			"-XX:+CrashOnOutOfMemoryError", "-XX:OnOutOfMemoryError=kill -9 %p" })
	void isDecidedByWhenUserSaysWhatHappens(String option) {
		assertThat(OutOfMemoryOption.isDecidedBy(List.of("-Da", option, "-Db"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:-CrashOnOutOfMemoryError", "-XX:+HeapDumpOnOutOfMemoryError",
			"-DExitOnOutOfMemoryError", "-XX:OnError=x" })
	void isDecidedByWhenOptionIsOfAnotherKindIsFalse(String option) {
		assertThat(OutOfMemoryOption.isDecidedBy(List.of(option))).isFalse();
	}

	@Test
	void exitsGoesByTheLastOption() {
		assertThat(OutOfMemoryOption.exits(List.of())).isFalse();
		assertThat(OutOfMemoryOption.exits(List.of("-XX:+ExitOnOutOfMemoryError"))).isTrue();
		assertThat(OutOfMemoryOption.exits(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:-ExitOnOutOfMemoryError")))
			.isFalse();
		assertThat(OutOfMemoryOption.exits(List.of("-XX:-ExitOnOutOfMemoryError", "-XX:+ExitOnOutOfMemoryError")))
			.isTrue();
	}

}
