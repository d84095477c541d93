package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessorOptions}.
 */
class ProcessorOptionsTests {

	@Test
	void ofFollowsTheSettings() {
		assertThat(of(Map.of())).containsExactly("-XX:ActiveProcessorCount=2", "-Dreactor.netty.ioWorkerCount=2");
	}

	@Test
	void ofWhenUserLimitsProcessorsLeavesThemAlone() {
		Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-Dreactor.netty.ioWorkerCount=4");
		assertThat(of(environment)).containsExactly("-XX:ActiveProcessorCount=2");
		assertThat(of(environment, "-XX:ActiveProcessorCount=3")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS" })
	void ofWhenVariableThatIsReadBeforeLimitsProcessorsOverridesIt(String name) {
		assertThat(of(Map.of(name, "-XX:ActiveProcessorCount=4 -Dreactor.netty.ioWorkerCount=4")))
			.containsExactly("-XX:ActiveProcessorCount=2", "-Dreactor.netty.ioWorkerCount=2");
	}

	@Test
	void isSaidByTellsThemFromOthers() {
		assertThat(List.of("-XX:ActiveProcessorCount=8", "-Dreactor.netty.ioWorkerCount=8"))
			.allMatch(ProcessorOptions::isSaidBy);
		assertThat(List.of("-XX:ParallelGCThreads=8", "-Dreactor.netty.ioSelectCount=8"))
			.noneMatch(ProcessorOptions::isSaidBy);
	}

	private static List<String> of(Map<String, String> environment, String... jvmArguments) {
		return ProcessorOptions.of(new ChildSettings(2, List.of(jvmArguments), List.of(), Map.of()), environment);
	}

}
