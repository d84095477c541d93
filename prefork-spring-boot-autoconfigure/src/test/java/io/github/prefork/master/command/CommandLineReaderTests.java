package io.github.prefork.master.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandLineReader} in a real JVM.
 */
class CommandLineReaderTests {

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	private static final String MAIN = PrintCommandLine.class.getName();

	private static final String LONG = "x".repeat(5000);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void readWhenStartedOnCommandLineReturnsIt() throws Exception {
		List<String> command = List.of("-XX:TieredStopAtLevel=1", "-Dblank=a b", "-cp", CLASS_PATH, MAIN, "", "a  b",
				"it's \"quoted\"", LONG, "@none");
		assertThat(run(command, Map.of())).containsExactly(JAVA, "-XX:TieredStopAtLevel=1", "-Dblank=a b", "-cp",
				CLASS_PATH, "|", MAIN, "|", "", "a  b", "it's \"quoted\"", LONG, "@none", "caf\u00e9");
	}

	@Test
	void readWhenStartedWithArgumentFileReturnsItsContents() throws Exception {
		Path file = Files.writeString(this.directory.resolve("options"),
				"-XX:TieredStopAtLevel=1 -Dblank=\"a b\" -cp \"" + CLASS_PATH + "\" " + MAIN);
		List<String> command = List.of("-Dfirst=1", "@" + file, "", "a  b");
		assertThat(run(command,
				Map.of("JAVA_TOOL_OPTIONS", "-Denv=1", "JDK_JAVA_OPTIONS",
						"--add-opens java.base/java.lang=ALL-UNNAMED")))
			.containsExactly(JAVA, "-Dfirst=1", "-XX:TieredStopAtLevel=1", "-Dblank=a b", "-cp", CLASS_PATH, "|", MAIN,
					"|", "", "a  b", "caf\u00e9");
	}

	private List<String> run(List<String> command, Map<String, String> environment)
			throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		// The shell adds bytes that don't depend on the encoding of this JVM
		List<String> shell = new ArrayList<>(
				List.of("/bin/sh", "-c", "exec \"$0\" \"$@\" \"$(printf 'caf\\303\\251')\"", JAVA));
		shell.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(shell).redirectOutput(output.toFile())
			.redirectError(this.directory.resolve("errors").toFile());
		builder.environment().putAll(environment);
		builder.environment().put("LC_ALL", "C.UTF-8");
		Process process = builder.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return Arrays.asList(Files.readString(output, StandardCharsets.UTF_8).split("\0", -1));
	}

}
