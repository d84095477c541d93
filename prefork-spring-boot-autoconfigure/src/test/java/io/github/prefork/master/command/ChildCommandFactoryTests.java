package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
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
					"+A", "crash", "-XX:+CrashOnOutOfMemoryError", "stay", "-ExitOnOutOfMemoryError"));

	private static final String OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

	private static final ChildSettings NOTHING = TestCommandSource.NOTHING;

	@Test
	void createPutsEverythingInItsPlace() {
		ChildSettings settings = new ChildSettings(2, List.of("-Xmx64m"), List.of("--b"), Map.of());
		assertThat(create(MASTER, Map.of(), settings).command()).containsExactly("/bin/java",
				"-Dio.github.prefork.launched-by=1", "-Dio.github.prefork.file-label=3", "-XX:ActiveProcessorCount=2",
				"-Dreactor.netty.ioWorkerCount=2", "-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=hs_err-3.log",
				"-Xmx1g", "-cp", "p", "-Xmx64m", "Main", "--a", "", "--b");
	}

	@Test
	void createWhenFlagInFileChangesPutsTheFlagsInFrontAndDropsTheFile() {
		ChildCommand command = create(TestCommandSource.master("-Xmx64m", "-XX:Flags=flags"),
				Map.of("_JAVA_OPTIONS", "-Db", "JAVA_TOOL_OPTIONS", "-XX:Flags=fine -Da"), NOTHING);
		assertThat(command.command()).containsExactly("/bin/java", "-Dio.github.prefork.launched-by=1",
				"-Dio.github.prefork.file-label=3", "-XX:ActiveProcessorCount=1", "-Dreactor.netty.ioWorkerCount=1",
				"-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=hs_err-3.log", "-XX:MaxHeapSize=512m",
				"-XX:HeapDumpPath=/x/d-3.hprof", "-Xmx64m", "Main");
		assertThat(command.environment()).containsEntry("_JAVA_OPTIONS", "-Db")
			.containsEntry("JAVA_TOOL_OPTIONS", "-Da");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:-ExitOnOutOfMemoryError", "-XX:+CrashOnOutOfMemoryError", "-XX:OnOutOfMemoryError=x",
			"-XX:VMOptionsFile=crash", "-XX:Flags=stay", "@crash" })
	void createWhenUserSaysWhatHappensOutOfMemoryLeavesItAlone(String option) {
		assertThat(create(TestCommandSource.master("-Xmx64m"), Map.of(), NOTHING).command()).contains(OUT_OF_MEMORY);
		assertThat(create(TestCommandSource.master(option), Map.of(), NOTHING).command()).doesNotContain(OUT_OF_MEMORY);
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
		CommandSource source = TestCommandSource.of(MASTER, Map.of(), NOTHING, FILES);
		CommandSource withDevTools = new CommandSource(source.master(), source.environment(), source.settings(),
				source.files(), true, source.memory());
		assertThat(create(withDevTools, StartForm.PLAIN).command())
			.containsSubsequence("-Dspring.devtools.restart.enabled=false", "-cp", "p", "Main");
	}

	@Test
	void createWithFormRunsTheOtherTargetWithTheSameArguments() {
		StartForm form = new StartForm(List.of("-XX:SharedArchiveFile=a.jsa"), List.of("-jar", "/cache/app.jar"));
		ChildSettings settings = new ChildSettings(1, List.of("-Dadded=1"), List.of(), Map.of());
		assertThat(create(TestCommandSource.of(MASTER, Map.of(), settings, FILES), form).command())
			.containsSubsequence("-XX:SharedArchiveFile=a.jsa", "-Xmx1g", "-Dadded=1", "-jar", "/cache/app.jar", "--a",
					"")
			.doesNotContain("Main");
	}

	@Test
	void createHasTheChildLoadClassesIfThatIsOfUse() {
		CommandSource source = TestCommandSource.of(MASTER, Map.of(), NOTHING, FILES);
		StartForm listing = new StartForm(List.of("-XX:DumpLoadedClassList=list"), List.of());
		assertThat(create(source, listing).command()).doesNotContain(LoadClassesOption.LOAD);
		assertThat(create(source, listing.loadingClasses()).command()).containsOnlyOnce(LoadClassesOption.LOAD);
		ChildSettings archive = new ChildSettings(1, List.of("-XX:SharedArchiveFile=own.jsa"), List.of(), Map.of());
		assertThat(create(TestCommandSource.of(MASTER, Map.of(), archive, FILES), StartForm.PLAIN.loadingClasses())
			.command()).doesNotContain(LoadClassesOption.LOAD);
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

	private static ChildCommand create(LaunchCommand master, Map<String, String> environment, ChildSettings settings) {
		return create(TestCommandSource.of(master, environment, settings, FILES), StartForm.PLAIN);
	}

	private static ChildCommand create(CommandSource source, StartForm form) {
		return new ChildCommandFactory(source).create(3, 7, "3", CHANNEL, form);
	}

}
