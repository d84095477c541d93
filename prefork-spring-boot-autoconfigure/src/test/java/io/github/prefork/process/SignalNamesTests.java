package io.github.prefork.process;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignalNames}.
 */
class SignalNamesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0|signal 0
			1|signal 1, SIGHUP
			6|signal 6, SIGABRT
			9|signal 9, SIGKILL
			11|signal 11, SIGSEGV
			15|signal 15, SIGTERM
			19|signal 19, SIGSTOP
			31|signal 31, SIGSYS
			34|signal 34
			""")
	void describeNamesTheSignalsOfLinux(int signal, String description) {
		assertThat(SignalNames.describe(signal)).isEqualTo(description);
	}

}
