package io.github.prefork.master;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the end of a master's JVM while {@link MasterWebServer#start()} waits.
 */
@Timeout(60)
class MasterExitTests {

	private static final int TERMINATED = 143;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	private @Nullable Process master;

	@AfterEach
	void killMaster() {
		if (this.master != null) {
			this.master.destroyForcibly();
		}
	}

	@Test
	void terminateWhenStartWaitsStopsTheFleet() throws Exception {
		Process master = start("wait");
		try (BufferedReader output = master.inputReader()) {
			long child = child(output);
			master.toHandle().destroy();
			assertEnds(master, TERMINATED, child, output);
		}
	}

	@Test
	void exitWhenListenerCallsItEndsTheJvm() throws Exception {
		Process master = start("exit");
		try (BufferedReader output = master.inputReader()) {
			assertEnds(master, StartingMaster.EXIT_CODE, child(output), output);
		}
	}

	private Process start(String argument) throws IOException {
		Process started = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + this.directory, "-cp",
				System.getProperty("java.class.path"), StartingMaster.class.getName(), argument)
			.redirectError(Redirect.DISCARD)
			.start();
		this.master = started;
		return started;
	}

	private static long child(BufferedReader output) {
		String line = output.lines().filter((each) -> each.startsWith("child ")).findFirst().orElseThrow();
		return Long.parseLong(line.substring("child ".length()));
	}

	private void assertEnds(Process master, int exitCode, long child, BufferedReader output) throws Exception {
		assertThat(master.waitFor(15, TimeUnit.SECONDS)).isTrue();
		assertThat(master.exitValue()).isEqualTo(exitCode);
		assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
		assertThat(output.lines()).noneMatch((line) -> line.startsWith("start has returned"));
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).noneMatch((file) -> file.getFileName().toString().startsWith("prefork-"));
		}
	}

}
