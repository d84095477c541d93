package io.github.prefork.master.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.prefork.ChildCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildJvm} and {@link ReadOptions}.
 */
class ChildJvmTests {

	private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

	private static final String STAY = "-XX:-ExitOnOutOfMemoryError";

	private static final OptionFiles FILES = new TestOptionFiles(
			Map.of("args", EXIT + " -Da", "options", EXIT, "flags", "+ExitOnOutOfMemoryError"));

	@ParameterizedTest
	@ValueSource(strings = { EXIT, "@args", "-XX:VMOptionsFile=options", "-XX:Flags=flags" })
	void exitsWhenOutOfMemoryWhenOptionIsOnTheCommandLineIsTrue(String option) {
		assertThat(jvm(Map.of(), option).exitsWhenOutOfMemory()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
	void exitsWhenOutOfMemoryWhenOptionIsInTheEnvironmentIsTrue(String name) {
		assertThat(jvm(Map.of(name, "-Da " + EXIT)).exitsWhenOutOfMemory()).isTrue();
		assertThat(jvm(Map.of(name, "-XX:VMOptionsFile=options")).exitsWhenOutOfMemory()).isTrue();
		assertThat(jvm(Map.of(name, "-XX:Flags=flags")).exitsWhenOutOfMemory()).isTrue();
	}

	@Test
	void exitsWhenOutOfMemoryWhenArgumentFileIsInTheEnvironmentIsTrue() {
		assertThat(jvm(Map.of("JDK_JAVA_OPTIONS", "@args")).exitsWhenOutOfMemory()).isTrue();
	}

	@Test
	void exitsWhenOutOfMemoryGoesByTheOrderInWhichTheJvmReads() {
		assertThat(jvm(Map.of("_JAVA_OPTIONS", STAY), EXIT).exitsWhenOutOfMemory()).isFalse();
		assertThat(jvm(Map.of("_JAVA_OPTIONS", EXIT), STAY).exitsWhenOutOfMemory()).isTrue();
		assertThat(jvm(Map.of("JAVA_TOOL_OPTIONS", STAY), EXIT).exitsWhenOutOfMemory()).isTrue();
		assertThat(jvm(Map.of(), "-XX:Flags=flags", STAY).exitsWhenOutOfMemory()).isFalse();
		assertThat(jvm(Map.of("JAVA_TOOL_OPTIONS", STAY), "-XX:Flags=flags").exitsWhenOutOfMemory()).isFalse();
	}

	@Test
	void exitsWhenOutOfMemoryWhenItIsAnArgumentOfTheApplicationIsFalse() {
		assertThat(ChildJvm.of(new ChildCommand(0, 0, List.of("java", "-cp", EXIT, "Main", EXIT), Map.of()), FILES)
			.exitsWhenOutOfMemory()).isFalse();
	}

	@Test
	void crashReportsAreInTheWorkingDirectoryOrTheTemporaryOne() {
		assertThat(jvm(Map.of()).crashReports(42)).containsExactly(Path.of("hs_err_pid42.log"),
				Path.of("/tmp/hs_err_pid42.log"));
	}

	@Test
	void crashReportsWhenUserNamesTheFileBeginWithIt() {
		assertThat(jvm(Map.of("JAVA_TOOL_OPTIONS", "-XX:ErrorFile=a"), "-XX:ErrorFile=/x/%p-100%%-%p%q%.log")
			.crashReports(42)).startsWith(Path.of("/x/42-100%-42%q%.log")).hasSize(3);
		assertThat(jvm(Map.of("_JAVA_OPTIONS", "-XX:ErrorFile=last"), "-XX:ErrorFile=first").crashReports(42))
			.startsWith(Path.of("last"));
	}

	private static ChildJvm jvm(Map<String, String> environment, String... options) {
		List<String> command = new ArrayList<>(List.of("java"));
		command.addAll(List.of(options));
		command.add("Main");
		return ChildJvm.of(new ChildCommand(0, 0, command, environment), FILES);
	}

}
