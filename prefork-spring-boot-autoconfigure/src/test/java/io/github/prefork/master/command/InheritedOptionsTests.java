package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InheritedOptions}.
 */
class InheritedOptionsTests {

	private static final OptionFiles FILES = new TestOptionFiles(
			Map.of("flags", "MaxHeapSize=512m ActiveProcessorCount=8\nHeapDumpPath=/x/d.hprof # where dumps go", "fine",
					"+A", "child", "+B", "dump", "-XX:HeapDumpPath=/y", "named", "-XX:Flags=child"));

	private static final ChildSettings NOTHING = TestCommandSource.NOTHING;

	@Test
	void commandLineHasTheOptionsOfTheMasterButThoseForOneProcess() {
		assertThat(commandLine(TestCommandSource.master("-Xmx1g", "-Xrunjdwp:x", "-XX:ActiveProcessorCount=8", "-Da"),
				Map.of(), NOTHING))
			.containsExactly("-Xmx1g", "-Da");
	}

	@Test
	void commandLineWhenFlagInFileChangesHasTheFlagsInFrontAndNoFile() {
		assertThat(commandLine(TestCommandSource.master("-Xmx64m", "-XX:Flags=flags"),
				Map.of("JAVA_TOOL_OPTIONS", "-XX:Flags=fine -Da"), NOTHING))
			.containsExactly("-XX:MaxHeapSize=512m", "-XX:HeapDumpPath=/x/d-3.hprof", "-Xmx64m");
	}

	@Test
	void commandLineWhenEnvironmentSetsAFlagOfTheFileLeavesItToIt() {
		assertThat(commandLine(TestCommandSource.master("-XX:Flags=flags"),
				Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g", "JDK_JAVA_OPTIONS", "-XX:VMOptionsFile=dump"), NOTHING))
			.isEmpty();
	}

	@Test
	void commandLineWhenNoFlagOfTheLastFileChangesHasAllFiles() {
		assertThat(commandLine(TestCommandSource.master("-XX:Flags=flags", "-XX:Flags=fine"), Map.of(), NOTHING))
			.containsExactly("-XX:Flags=flags", "-XX:Flags=fine");
		Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-XX:Flags=fine");
		LaunchCommand master = TestCommandSource.master("-XX:Flags=flags");
		assertThat(commandLine(master, environment, NOTHING)).containsExactly("-XX:Flags=flags");
		assertThat(inherited(master, environment, NOTHING).environment()).isEqualTo(environment);
	}

	@Test
	void commandLineWhenFileIsNamedInTheEnvironmentHasTheFlags() {
		LaunchCommand master = TestCommandSource.master("-Xmx64m");
		Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-XX:Flags=flags");
		assertThat(commandLine(master, environment, NOTHING)).containsExactly("-XX:MaxHeapSize=512m",
				"-XX:HeapDumpPath=/x/d-3.hprof", "-Xmx64m");
		assertThat(inherited(master, environment, NOTHING).environment()).isEmpty();
	}

	@Test
	void commandLineWhenUserNamesFileForTheChildrenLeavesThatToThem() {
		LaunchCommand master = TestCommandSource.master("-XX:Flags=flags");
		assertThat(commandLine(master, Map.of(), new ChildSettings(1, List.of("-XX:Flags=child"), List.of(), Map.of())))
			.containsExactly("-XX:Flags=flags");
		for (Map<String, String> environment : List.of(Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=named"),
				Map.of("_JAVA_OPTIONS", "-XX:Flags=child"))) {
			assertThat(commandLine(master, Map.of(), new ChildSettings(1, List.of(), List.of(), environment)))
				.containsExactly("-XX:Flags=flags");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
	void environmentWhenVariableHoldsOptionsForOneProcessIsWithoutThem(String name) {
		LaunchCommand master = TestCommandSource.master();
		assertThat(inherited(master, Map.of(name, "-Xdebug -Da='x y'", "PATH", "-Xdebug"), NOTHING).environment())
			.isEqualTo(Map.of(name, "-Da='x y'", "PATH", "-Xdebug"));
		assertThat(inherited(master, Map.of(name, "-Xdebug"), NOTHING).environment()).isEmpty();
	}

	@Test
	void environmentHasNoVariableThatTheUserSetsForTheChildren() {
		ChildSettings settings = new ChildSettings(1, List.of(), List.of(), Map.of("PATH", "/sbin"));
		assertThat(inherited(TestCommandSource.master(), Map.of("PATH", "/bin", "HOME", "/"), settings).environment())
			.isEqualTo(Map.of("HOME", "/"));
	}

	private static List<String> commandLine(LaunchCommand master, Map<String, String> environment,
			ChildSettings settings) {
		return inherited(master, environment, settings).commandLine(environment, FILES);
	}

	private static InheritedOptions inherited(LaunchCommand master, Map<String, String> environment,
			ChildSettings settings) {
		CommandSource source = TestCommandSource.of(master, environment, settings, FILES);
		return InheritedOptions.of(source, "3", new HeapOptions(source.memory(), source.optionsOfMaster()));
	}

}
