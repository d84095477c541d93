package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link ChildCommandFactory} and {@link ChildEnvironment}.
 */
class ChildCommandFactoryTests {

	private static final ChannelAddress CHANNEL = new ChannelAddress(1, 2, "abc", "/tmp/s");

	private static final LaunchCommand MASTER = new LaunchCommand("/bin/java",
			List.of(JvmOption.of("-Xmx1g"), JvmOption.of("-Xrunjdwp:x"), JvmOption.of("-cp", "p")), List.of("Main"),
			List.of("--a", ""));

	private static final OptionFiles FILES = new TestOptionFiles(
			Map.of("flags", "MaxHeapSize=512m ActiveProcessorCount=8\nHeapDumpPath=/x/d.hprof # where dumps go", "fine",
					"+A", "child", "+B", "dump", "-XX:HeapDumpPath=/y", "crash", "-XX:+CrashOnOutOfMemoryError", "stay",
					"-ExitOnOutOfMemoryError"));

	private static final String OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

	private static final MemoryBudget AS_LAUNCHED = new MemoryBudget(ChildHeap.INHERIT, 2, new MemoryLimit(0, false),
			new JvmHeap(1 << 30, 0));

	private static final ChildSettings NOTHING = new ChildSettings(1, List.of(), List.of(), Map.of());

	@Test
	void createPutsEverythingInItsPlace() {
		ChildSettings settings = new ChildSettings(2, List.of("-Xmx64m"), List.of("--b"), Map.of());
		assertThat(create(MASTER, Map.of(), settings).command()).containsExactly("/bin/java",
				"-Dio.github.prefork.launched-by=1", "-Dio.github.prefork.file-label=3", "-XX:ActiveProcessorCount=2",
				"-Dreactor.netty.ioWorkerCount=2", "-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=hs_err-3.log",
				"-Xmx1g", "-cp", "p", "-Xmx64m", "Main", "--a", "", "--b");
	}

	@Test
	void createWhenUserLimitsProcessorsLeavesThemAlone() {
		ChildSettings settings = new ChildSettings(2, List.of("-XX:ActiveProcessorCount=3"), List.of(), Map.of());
		Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-Dreactor.netty.ioWorkerCount=4");
		assertThat(create(MASTER, environment, settings).command()).containsExactly("/bin/java",
				"-Dio.github.prefork.launched-by=1", "-Dio.github.prefork.file-label=3", "-XX:+ExitOnOutOfMemoryError",
				"-XX:ErrorFile=hs_err-3.log", "-Xmx1g", "-cp", "p", "-XX:ActiveProcessorCount=3", "Main", "--a", "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS" })
	void createWhenVariableThatIsReadBeforeLimitsProcessorsOverridesIt(String name) {
		Map<String, String> environment = Map.of(name, "-XX:ActiveProcessorCount=4 -Dreactor.netty.ioWorkerCount=4");
		assertThat(create(MASTER, environment, NOTHING).command()).contains("-XX:ActiveProcessorCount=1",
				"-Dreactor.netty.ioWorkerCount=1");
	}

	@Test
	void createWhenFlagInFileChangesPutsTheFlagsInFrontAndDropsTheFile() {
		ChildCommand command = create(flagsMaster("-Xmx64m", "-XX:Flags=flags"),
				Map.of("_JAVA_OPTIONS", "-Db", "JAVA_TOOL_OPTIONS", "-XX:Flags=fine -Da"), NOTHING);
		assertThat(command.command()).containsExactly("/bin/java", "-Dio.github.prefork.launched-by=1",
				"-Dio.github.prefork.file-label=3", "-XX:ActiveProcessorCount=1", "-Dreactor.netty.ioWorkerCount=1",
				"-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=hs_err-3.log", "-XX:MaxHeapSize=512m",
				"-XX:HeapDumpPath=/x/d-3.hprof", "-Xmx64m", "Main");
		assertThat(command.environment()).containsEntry("_JAVA_OPTIONS", "-Db")
			.containsEntry("JAVA_TOOL_OPTIONS", "-Da");
	}

	@Test
	void createWhenEnvironmentSetsAFlagOfTheFileLeavesItToIt() {
		assertThat(create(flagsMaster("-XX:Flags=flags"),
				Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g", "JDK_JAVA_OPTIONS", "-XX:VMOptionsFile=dump"), NOTHING)
			.command()).containsSubsequence("-Dreactor.netty.ioWorkerCount=1", "Main")
			.doesNotContain("-XX:MaxHeapSize=512m", "-XX:HeapDumpPath=/x/d-3.hprof");
	}

	@Test
	void createWhenNoFlagOfTheLastFileChangesLeavesAllFilesAlone() {
		assertThat(create(flagsMaster("-XX:Flags=flags", "-XX:Flags=fine"), Map.of(), NOTHING).command())
			.containsSubsequence("-Dreactor.netty.ioWorkerCount=1", "-XX:Flags=flags", "-XX:Flags=fine", "Main");
		Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-XX:Flags=fine");
		ChildCommand command = create(flagsMaster("-XX:Flags=flags"), environment, NOTHING);
		assertThat(command.command()).contains("-XX:Flags=flags");
		assertThat(command.environment()).containsAllEntriesOf(environment);
	}

	@Test
	void createWhenFileIsNamedInTheEnvironmentPutsTheFlagsOnTheCommandLine() {
		ChildCommand command = create(flagsMaster("-Xmx64m"), Map.of("_JAVA_OPTIONS", "-XX:Flags=flags"), NOTHING);
		assertThat(command.command()).containsSubsequence("-XX:MaxHeapSize=512m", "-XX:HeapDumpPath=/x/d-3.hprof",
				"-Xmx64m");
		assertThat(command.environment()).doesNotContainKey("_JAVA_OPTIONS");
	}

	@Test
	void createWhenUserNamesFileForTheChildrenLeavesThatToThem() {
		ChildSettings settings = new ChildSettings(1, List.of("-XX:Flags=child"), List.of(), Map.of());
		assertThat(create(flagsMaster("-XX:Flags=flags"), Map.of(), settings).command())
			.containsSubsequence("-XX:Flags=flags", "-XX:Flags=child", "Main")
			.doesNotContain("-XX:MaxHeapSize=512m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:-ExitOnOutOfMemoryError", "-XX:+CrashOnOutOfMemoryError", "-XX:OnOutOfMemoryError=x",
			"-XX:VMOptionsFile=crash", "-XX:Flags=stay", "@crash" })
	void createWhenUserSaysWhatHappensOutOfMemoryLeavesItAlone(String option) {
		assertThat(create(flagsMaster("-Xmx64m"), Map.of(), NOTHING).command()).contains(OUT_OF_MEMORY);
		assertThat(create(flagsMaster(option), Map.of(), NOTHING).command()).doesNotContain(OUT_OF_MEMORY);
		ChildSettings settings = new ChildSettings(1, List.of(option), List.of(), Map.of());
		assertThat(create(MASTER, Map.of(), settings).command()).doesNotContain(OUT_OF_MEMORY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
	void createWhenVariableSaysWhatHappensOutOfMemoryLeavesItAlone(String name) {
		for (String option : List.of("-XX:-ExitOnOutOfMemoryError", "-XX:VMOptionsFile=crash", "-XX:Flags=stay")) {
			Map<String, String> environment = Map.of(name, option);
			assertThat(create(MASTER, environment, NOTHING).command()).doesNotContain(OUT_OF_MEMORY);
			ChildSettings settings = new ChildSettings(1, List.of(), List.of(), environment);
			assertThat(create(MASTER, Map.of(name, "-Da"), settings).command()).doesNotContain(OUT_OF_MEMORY);
			ChildSettings other = new ChildSettings(1, List.of(), List.of(), Map.of(name, "-Da"));
			assertThat(create(MASTER, environment, other).command()).contains(OUT_OF_MEMORY);
		}
	}

	@Test
	void createWhenApplicationHasAnArgumentLikeTheOptionIsNotMisled() {
		ChildSettings settings = new ChildSettings(1, List.of(), List.of("-XX:-ExitOnOutOfMemoryError"), Map.of());
		assertThat(create(MASTER, Map.of(), settings).command()).contains(OUT_OF_MEMORY);
	}

	@Test
	void createWhenMasterHasMoreProcessorsDoesNotPassThatOn() {
		LaunchCommand master = new LaunchCommand("/bin/java",
				List.of(JvmOption.of("-XX:ActiveProcessorCount=8"), JvmOption.of("-Xmx1g")), List.of("Main"),
				List.of());
		ChildSettings settings = new ChildSettings(1, List.of(), List.of(), Map.of());
		assertThat(create(master, Map.of(), settings).command()).containsExactly("/bin/java",
				"-Dio.github.prefork.launched-by=1", "-Dio.github.prefork.file-label=3", "-XX:ActiveProcessorCount=1",
				"-Dreactor.netty.ioWorkerCount=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
				"-XX:ErrorFile=hs_err-3.log", "-Xmx1g", "Main");
	}

	@Test
	void createTellsSlotAndGeneration() {
		ChildCommand command = create(MASTER, Map.of(), NOTHING);
		assertThat(command.slot()).isEqualTo(3);
		assertThat(command.generation()).isEqualTo(7);
	}

	@Test
	void createSetsTheFleetsVariablesAndLetsOthersPass() {
		Map<String, String> master = Map.of("PATH", "/bin", "PREFORK_CHILDREN", "4", "PREFORK_SLOT", "9",
				"PREFORK_GENERATION", "9", "_PREFORK_CHANNEL", "stale", "EMPTY", "");
		ChildSettings settings = new ChildSettings(1, List.of(), List.of(), Map.of("PATH", "/sbin", "NEW", "x y"));
		assertThat(create(MASTER, master, settings).environment()).containsOnly(entry("PATH", "/sbin"),
				entry("PREFORK_CHILDREN", "4"), entry("EMPTY", ""), entry("NEW", "x y"), entry("PREFORK_SLOT", "3"),
				entry("PREFORK_GENERATION", "7"), entry("_PREFORK_CHANNEL", CHANNEL.toValue()));
	}

	@Test
	void createWhenUserSetsVariableOfTheFleetIgnoresIt() {
		ChildSettings settings = new ChildSettings(1, List.of(), List.of(), Map.of("PREFORK_SLOT", "x"));
		assertThat(create(MASTER, Map.of(), settings).environment()).containsEntry("PREFORK_SLOT", "3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
	void createWhenVariableHoldsOptionsForOneProcessTakesThemOut(String name) {
		Map<String, String> master = Map.of(name, "-Xdebug -Da='x y'", "PATH", "-Xdebug");
		assertThat(create(MASTER, master, NOTHING).environment()).containsEntry(name, "-Da='x y'")
			.containsEntry("PATH", "-Xdebug");
		assertThat(create(MASTER, Map.of(name, "-Xdebug"), NOTHING).environment()).doesNotContainKey(name);
	}

	@Test
	void createWhenUserSetsVariableForTheChildrenLeavesItAlone() {
		String wish = "-agentlib:jdwp=transport=dt_socket,server=y,address=0";
		ChildSettings settings = new ChildSettings(1, List.of(), List.of(), Map.of("JAVA_TOOL_OPTIONS", wish));
		assertThat(create(MASTER, Map.of("JAVA_TOOL_OPTIONS", "-Xdebug -Da=1"), settings).environment())
			.containsEntry("JAVA_TOOL_OPTIONS", wish);
	}

	@Test
	void createWhenArgumentsAreForTheChildrenLeavesThemAlone() {
		ChildSettings settings = new ChildSettings(1, List.of("-Xrunjdwp:y"), List.of(), Map.of());
		assertThat(create(MASTER, Map.of(), settings).command()).contains("-Xrunjdwp:y").doesNotContain("-Xrunjdwp:x");
	}

	@Test
	void createWhenDevToolsAreThereSwitchesRestartOff() {
		assertThat(create(MASTER, Map.of(), NOTHING, true).command())
			.containsSubsequence("-Dspring.devtools.restart.enabled=false", "-cp", "p", "Main");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void createTellsWhatIsDifferent(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel(ChildCommandFactory.class.getName(), LogLevel.DEBUG);
		try {
			create(MASTER, Map.of("_JAVA_OPTIONS", "-Xloggc:gc.log"), NOTHING);
		}
		finally {
			logging.setLogLevel(ChildCommandFactory.class.getName(), null);
		}
		assertThat(output).contains("Child in slot 3: option '-Xrunjdwp:x' is dropped: the debugger's port",
				"Child in slot 3: in _JAVA_OPTIONS option '-Xloggc:gc.log' becomes '-Xloggc:gc-3.log': two processes");
	}

	private static LaunchCommand flagsMaster(String... options) {
		return new LaunchCommand("/bin/java", Stream.of(options).map(JvmOption::of).toList(), List.of("Main"),
				List.of());
	}

	private static ChildCommand create(LaunchCommand master, Map<String, String> environment, ChildSettings settings) {
		return create(master, environment, settings, false);
	}

	private static ChildCommand create(LaunchCommand master, Map<String, String> environment, ChildSettings settings,
			boolean devTools) {
		return new ChildCommandFactory(master, environment, settings, FILES, devTools, AS_LAUNCHED).create(3, 7, "3",
				CHANNEL);
	}

}
