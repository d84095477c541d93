package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildStart}.
 */
class ChildStartTests {

	@Test
	void ofTellsAllOptionsAndWhatIsRun() {
		ChildStart start = start(List.of("-jar", "app.jar"), JvmOption.of("-Xmx1g"));
		assertThat(start.java()).isEqualTo("java");
		assertThat(start.target()).containsExactly("-jar", "app.jar");
		assertThat(start.options()).contains("-XX:+UseZGC", "-Xmx1g", "-Dadded=1");
		assertThat(start.masterOptions()).containsExactly("-Xmx1g");
		assertThat(start.classPath()).isNull();
	}

	@Test
	void ofWhenAClassPathIsNamedTellsTheLast() {
		assertThat(start(List.of("Main"), JvmOption.of("-cp", "one.jar"), JvmOption.of("-classpath", "two.jar"))
			.classPath()).isEqualTo("two.jar");
		assertThat(start(List.of("Main"), JvmOption.of("--class-path=three.jar")).classPath()).isEqualTo("three.jar");
	}

	@Test
	void ofWhenAValueOfALongOptionIsSeparateTellsIt() {
		assertThat(start(List.of("Main"), JvmOption.of("--add-opens", "java.base/java.lang=ALL-UNNAMED")).options())
			.contains("--add-opens=java.base/java.lang=ALL-UNNAMED");
	}

	private static ChildStart start(List<String> target, JvmOption... options) {
		return ChildStart.of(new ChildCommandFactory(
				TestCommandSource.of(new LaunchCommand("java", List.of(options), target, List.of("--name=value")),
						Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseZGC", "PREFORK_CHILDREN", "2"),
						new ChildSettings(1, List.of("-Dadded=1"), List.of(), Map.of()), OptionFiles.SYSTEM)));
	}

}
