package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.prefork.PreforkException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReportedCommandLine}, through {@link CommandLineReader}.
 */
class ReportedCommandLineTests {

	private static final OptionFiles FILES = new TestOptionFiles(Map.of("now", "-Xmx2g -jar app.jar 'a b'", "env",
			"-Da=1", "vm", "-Db='2 3'", "off", "-UsePerfData Name=1"));

	@Test
	void readWhenArgumentFileHoldsOptionsTakesThemFromTheJvm() {
		LaunchCommand command = read(List.of("@opts", "-jar", "my app.jar", "a b", "", "c"), List.of("-Xmx1g"),
				Map.of(), "my app.jar a b  c", "my app.jar", true, null);
		assertThat(command.options()).containsExactly(JvmOption.of("-Xmx1g"));
		assertThat(command.target()).containsExactly("-jar", "my app.jar");
		assertThat(command.arguments()).containsExactly("a b", "", "c");
	}

	@Test
	void readWhenCommandLineIsNotKnownSplitsArgumentsAndSaysSo() {
		List<String> warnings = new ArrayList<>();
		LaunchCommand command = read(List.of(), List.of("-Dx=y z"), Map.of(), "com.Main a b", "lib:app", false, null,
				warnings);
		assertThat(command.options()).containsExactly(JvmOption.of("-Dx=y z"), JvmOption.of("-cp", "lib:app"));
		assertThat(command.target()).containsExactly("com.Main");
		assertThat(command.arguments()).containsExactly("a", "b");
		assertThat(warnings).singleElement().asString().contains("can't be told apart");
	}

	@Test
	void readWhenThereAreNoArgumentsReturnsNone() {
		assertThat(read(List.of("@all"), List.of(), Map.of(), "Main", "p", false, null).arguments()).isEmpty();
		assertThat(read(List.of("@all", ""), List.of(), Map.of(), "Main ", "p", false, null).arguments())
			.containsExactly("");
	}

	@Test
	void readWhenClassPathIsOneJarAndMainIsAClassRunsTheClass() {
		LaunchCommand command = read(List.of(), List.of(), Map.of(), "com.Main", "app.jar", true, null);
		assertThat(command.options()).containsExactly(JvmOption.of("-cp", "app.jar"));
		assertThat(command.target()).containsExactly("com.Main");
	}

	@Test
	void readWhenModuleIsRunRunsTheModule() {
		LaunchCommand command = read(List.of("@opts", "x"), List.of("--module-path=mods", "-Djdk.module.main=app"),
				Map.of(), "app/com.Main x", "", false, "app/com.Main");
		assertThat(command.options()).containsExactly(JvmOption.of("--module-path=mods"));
		assertThat(command.target()).containsExactly("-m", "app/com.Main");
		assertThat(command.arguments()).containsExactly("x");
	}

	@Test
	void readWhenEnvironmentHasOptionsLeavesThemThere() {
		Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Da='x y' -Db=1", "JDK_JAVA_OPTIONS",
				"-Dc=1 --add-opens a/b=c -p mods", "_JAVA_OPTIONS", " -De=1 -Dd=1");
		LaunchCommand command = read(List.of(), List.of("-Da=x y", "-Db=1", "-Dc=1", "--add-opens=a/b=c",
				"--module-path=mods", "-Dd=1", "-De=2", "-De=1", "-Dd=1"), environment, "Main", "", false, null);
		assertThat(JvmOption.tokens(command.options())).containsExactly("-Dd=1", "-De=2");
	}

	@Test
	void readWhenEnvironmentNamesFilesLeavesTheirContentsThere() {
		Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=vm", "JDK_JAVA_OPTIONS",
				"@env");
		LaunchCommand command = read(List.of(), List.of("-Db=2 3", "-Da=1", "-Dc=1"), environment, "Main", "", false,
				null);
		assertThat(JvmOption.tokens(command.options())).containsExactly("-Dc=1");
	}

	@Test
	void readWhenFlagsOfAFileAreReportedLeavesThemThere() {
		LaunchCommand command = read(List.of(), List.of("+HeapDumpOnOutOfMemoryError", "-XX:Flags=flags"), Map.of(),
				"Main", "", false, null);
		assertThat(JvmOption.tokens(command.options())).containsExactly("-XX:Flags=flags");
	}

	@Test
	void readWhenFlagThatIsSwitchedOffIsReportedLeavesItInItsFile() {
		LaunchCommand command = read(List.of(), List.of("-UsePerfData", "Name=1", "-XX:Flags=off", "-Da=1"), Map.of(),
				"Main", "", false, null);
		assertThat(JvmOption.tokens(command.options())).containsExactly("-XX:Flags=off", "-Da=1");
	}

	@Test
	void readWhenArgumentFileIsThereTakesItsContents() {
		LaunchCommand command = read(List.of("@now", "c"), List.of("-Xmx2g"), Map.of(), "app.jar a b c", "app.jar",
				true, null);
		assertThat(command.arguments()).containsExactly("a b", "c");
	}

	@Test
	void readWhenArgumentFileHasChangedAsksTheJvm() {
		LaunchCommand command = read(List.of("@now", "c"), List.of("-Xmx1g"), Map.of(), "app.jar b c", "app.jar", true,
				null);
		assertThat(command.options()).containsExactly(JvmOption.of("-Xmx1g"));
		assertThat(command.arguments()).containsExactly("b", "c");
	}

	@Test
	void readWhenJvmCannotDecodeArgumentsStillTakesTheFile() {
		LaunchCommand command = read(List.of("@now", "\u00e9"), List.of("-Xmx2g"), Map.of(), "app.jar a b \ufffd\ufffd",
				"app.jar", true, null);
		assertThat(command.arguments()).containsExactly("a b", "\u00e9");
	}

	@Test
	void readWhenCommandIsNotReportedThrowsException() {
		assertThatExceptionOfType(PreforkException.class)
			.isThrownBy(() -> read(List.of(), List.of(), Map.of(), null, "", false, null))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'java'", "prefork.enabled=false"));
	}

	@Test
	void readWhenCommandLineTellsPrefersIt() {
		LaunchCommand command = read(List.of("-Xmx1g", "-jar", "app.jar", "x"), List.of("-Xmx2g"), Map.of(), "other",
				"other", false, null);
		assertThat(command).isEqualTo(
				new LaunchCommand("java", List.of(JvmOption.of("-Xmx1g")), List.of("-jar", "app.jar"), List.of("x")));
	}

	private static LaunchCommand read(List<String> commandLine, List<String> inputArguments,
			Map<String, String> environment, @Nullable String javaCommand, String classPath, boolean classPathIsFile,
			@Nullable String mainModule) {
		return read(commandLine, inputArguments, environment, javaCommand, classPath, classPathIsFile, mainModule,
				new ArrayList<>());
	}

	private static LaunchCommand read(List<String> commandLine, List<String> inputArguments,
			Map<String, String> environment, @Nullable String javaCommand, String classPath, boolean classPathIsFile,
			@Nullable String mainModule, List<String> warnings) {
		return CommandLineReader.read(new JvmFacts("java", commandLine, inputArguments, environment, javaCommand,
				classPath, classPathIsFile, mainModule), FILES, warnings::add);
	}

}
