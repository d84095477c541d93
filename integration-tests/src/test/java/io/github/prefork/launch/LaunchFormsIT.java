package io.github.prefork.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.fleet.FreePort;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * However the master is started, its children are started in the same way.
 */
class LaunchFormsIT {

	private static final List<String> AWKWARD = List.of("a  b", "it's \"quoted\"", "", "--empty=",
			"--greeting=gr\u00fc\u00dfe \u4f60\u597d", "@none", "new\nline", "$HOME * \\", "-Dnot.an.option=1", "-jar",
			"");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path directory;

	@SuppressWarnings("NullAway.Init")
	private static LaunchFiles files;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@BeforeAll
	static void prepare() {
		files = new LaunchFiles(directory);
	}

	@ParameterizedTest
	@EnumSource
	void childGetsTheArgumentsOfTheMaster(LaunchForm form) throws Exception {
		List<String> application = form.application(files);
		Launched launched = new Launched(
				builder(application).jvmOptions("-Dblank=a b").args(AWKWARD.toArray(String[]::new)).start());
		List<String> arguments = new ArrayList<>(form.argumentsInFile());
		arguments.addAll(fromFirst(launched.masterCommandLine(), "--server.port=0"));
		assertThat(launched.arguments()).isEqualTo(arguments).endsWith("-jar", "");
		assertThat(launched.property("blank")).isEqualTo("a b");
		assertThat(launched.property("jdk.module.main"))
			.isEqualTo((form == LaunchForm.MODULE_PATH) ? LaunchFiles.MODULE : "null");
		assertThat(form != LaunchForm.CLASS_PATH || String.join(" ", launched.masterCommandLine()).length() > 4096)
			.as("longer than what the system tells at once")
			.isTrue();
		assertForm(form, launched, application, arguments);
	}

	private static void assertForm(LaunchForm form, Launched launched, List<String> application, List<String> arguments)
			throws Exception {
		switch (form) {
			case ARGUMENT_FILE -> assertThat(launched.property("from.file")).isEqualTo("a  b");
			case IDE -> {
				assertThat(launched.property("launch.delete"))
					.satisfies((file) -> assertThat(Path.of(file)).doesNotExist());
				assertThat(launched.property("launch.agent")).isEqualTo("trace");
			}
			default -> assertThat(launched.commandLine().stream().filter((option) -> !isOfMachine(option))).isEqualTo(
					LaunchForm.expected(launched.masterCommandLine(), launched.fleet().pid(), application, arguments));
		}
	}

	// Worked out from the memory that there is
	private static boolean isOfMachine(String option) {
		return option.startsWith("-Xmx") || option.startsWith("-XX:InitialHeapSize=");
	}

	@Test
	void childWhenMavenRunsTheMasterGetsItsArguments() throws Exception {
		assumeThat(MavenRun.available()).as("Maven is on the PATH").isTrue();
		try (MavenRun maven = MavenRun.start(directory, "--server.port=0", "--management.server.port=-1",
				"--prefork.children=1", "--prefork.child.jvm-args=-XX:TieredStopAtLevel=1", "a b", "--empty=")) {
			assertThat(maven.childArguments()).endsWith("a b", "--empty=");
		}
	}

	@Test
	void optionsForOneProcessDoNotReachTheChild() throws Exception {
		Launched launched = new Launched(classPath()
			.jvmOptions("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + FreePort.next(),
					"-XX:StartFlightRecording=filename=recording.jfr", "-XX:ErrorFile=error.log")
			.environment("JAVA_TOOL_OPTIONS", "-Dkept='a  b' -Dcom.sun.management.jmxremote.port=" + FreePort.next()
					+ " -Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false")
			.environment("JDK_JAVA_OPTIONS", "@" + files.file("environment", "-Xlog:gc:file=\"my gc.log\" -Dread=1"))
			.environment("_JAVA_OPTIONS", "-XX:HeapDumpPath=" + files.file("old.hprof", "") + " -XX:+UseSerialGC")
			.args("--logging.level.io.github.prefork.master.command.ChildCommandFactory=debug")
			.start());
		assertThat(launched.options())
			.contains("-Dkept=a  b", "-Dread=1", "-Xlog:gc:file=my gc-0.log",
					"-XX:HeapDumpPath=" + directory.resolve("old-0.hprof"), "-XX:ErrorFile=error-0.log",
					"-XX:StartFlightRecording=filename=recording-0.jfr", "-XX:+UseSerialGC")
			.noneMatch((option) -> option.contains("jdwp") || option.contains("jmxremote.port"));
		assertThat(launched.variable("JAVA_TOOL_OPTIONS")).startsWith("-Dkept='a  b' ");
		Path work = launched.fleet().workingDirectory();
		assertThat(work.resolve("my gc.log")).exists();
		assertThat(work.resolve("my gc-0.log")).exists();
		assertThat(String.join("\n", launched.fleet().output())).contains("Child in slot 0: option '-agentlib:jdwp=",
				"Child in slot 0: in JAVA_TOOL_OPTIONS option '-Dcom.sun",
				"Child in slot 0: in JDK_JAVA_OPTIONS option '-Xlog",
				"Child in slot 0: in _JAVA_OPTIONS option '-XX:Heap");
	}

	@Test
	void childGetsWhatIsMeantForIt() throws Exception {
		Launched launched = new Launched(classPath().jvmOptions("-Dwho=master")
			.environment("JAVA_TOOL_OPTIONS", "-Dfrom=master")
			.args("--prefork.child.jvm-args[0]=-XX:TieredStopAtLevel=1", "--prefork.child.jvm-args[1]=-Dwho=a child",
					"--prefork.child.args=--one,two", "--prefork.child.environment.JAVA_TOOL_OPTIONS=-Dfrom=wish",
					"--prefork.child.environment.LAUNCH_NAME=x y")
			.start());
		assertThat(launched.arguments()).endsWith("--prefork.child.environment.LAUNCH_NAME=x y", "--one", "two");
		assertThat(launched.property("who")).isEqualTo("a child");
		assertThat(launched.property("from")).isEqualTo("wish");
		assertThat(launched.variable("LAUNCH_NAME")).isEqualTo("x y");
	}

	@Test
	void childWhenLocaleCannotEncodeGetsAQuestionMarkForEachByte() throws Exception {
		Launched launched = new Launched(
				classPath().environment("LC_ALL", "C").args("--name=caf\u00e9!", "a b").start());
		assertThat(launched.arguments()).endsWith("--name=caf??!", "a b");
		assertThat(launched.fleet().output()).filteredOn((line) -> line.contains("Set LC_ALL to C.UTF-8"))
			.as("one warning, of the master")
			.hasSize(1);
	}

	private FleetProcessBuilder classPath() {
		return builder(List.of("-cp", LaunchFiles.classPath(), LaunchFiles.MAIN));
	}

	private FleetProcessBuilder builder(List<String> application) {
		return this.fleets.launch(application)
			.environment("LC_ALL", "C.UTF-8")
			.args("--management.server.port=-1", "--prefork.children=1");
	}

	private static List<String> fromFirst(List<String> tokens, String token) {
		return tokens.subList(tokens.indexOf(token), tokens.size());
	}

}
