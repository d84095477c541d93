package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Tool}, with shell scripts as programs.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ToolTests {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private static final String HANGS = "echo $$ > pid; sleep 1000 & echo $! > child; wait";

	@TempDir
	private Path directory;

	private final Tool tool = new Tool(DEADLINE);

	@Test
	void runWhenItFailsTellsItsLastWords() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> run(this.tool, "echo much; echo planned >&2; exit 3"))
			.withMessage("it ended with exit code 3: much / planned");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(this.tool, "exit 4"))
			.withMessage("it ended with exit code 4");
	}

	@Test
	void runWhenItPrintsMuchNeverBlocksIt() throws Exception {
		run(this.tool, "i=0; while [ $i -lt 20000 ]; do echo 'a line of output'; i=$((i+1)); done; touch done");
		assertThat(this.directory.resolve("done")).exists();
	}

	@Test
	void runWhenItTakesTooLongEndsItAndWhatItHasLaunched() throws Exception {
		Tool impatient = new Tool(Duration.ofSeconds(1), DEADLINE, DeathWatch.SHELL);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(impatient, HANGS))
			.withMessage("it took longer than 1 s");
		assertIsGone("pid");
		assertIsGone("child");
	}

	@Test
	void closeEndsWhatRuns() throws Exception {
		CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
			try {
				run(this.tool, HANGS);
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await().atMost(DEADLINE).until(() -> !read("child").isEmpty());
		this.tool.close();
		assertThat(running).failsWithin(DEADLINE).withThrowableOfType(ExecutionException.class);
		assertIsGone("pid");
		assertIsGone("child");
		assertThat(this.tool.isClosed()).isTrue();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(this.tool, "touch more"));
		assertThat(this.directory.resolve("more")).doesNotExist();
	}

	@Test
	void runWhenTheServiceIsStoppedWaitsUntilTheMasterStopsToo() throws Exception {
		// What a shell and a JVM end with after these signals
		for (Map.Entry<String, Integer> signal : Map.of("INT", 130, "TERM", 143).entrySet()) {
			Tool tool = new Tool(DEADLINE);
			CompletableFuture<Boolean> quiet = CompletableFuture.supplyAsync(() -> {
				assertThatExceptionOfType(IOException.class)
					.isThrownBy(() -> run(tool, "echo $$ > " + signal.getKey() + "; exit " + signal.getValue()));
				return tool.isClosed();
			});
			Awaitility.await().atMost(DEADLINE).until(() -> !read(signal.getKey()).isEmpty());
			assertIsGone(signal.getKey());
			tool.close();
			assertThat(quiet).succeedsWithin(DEADLINE).isEqualTo(true);
		}
	}

	@Test
	void runWhenSomebodyEndsTheProgramAloneFails() {
		Tool tool = new Tool(DEADLINE, Duration.ofMillis(100), DeathWatch.SHELL);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(tool, "kill -TERM $$"))
			.withMessage("it ended with exit code 143");
	}

	@Test
	void runWithoutAShellRunsIt() throws Exception {
		run(new Tool(DEADLINE, DEADLINE, List.of("/nonexistent/sh")), "touch done");
		assertThat(this.directory.resolve("done")).exists();
	}

	@Test
	void runGivesTheEnvironmentAndNoInput() throws Exception {
		Map<String, String> variables = Map.of("spring.profiles-active", "a");
		this.tool.run(List.of("/bin/cp", "/proc/self/environ", "variables"), this.directory, variables);
		assertThat(this.directory.resolve("variables")).hasContent("spring.profiles-active=a\0");
		run(this.tool, "cat > input");
		assertThat(this.directory.resolve("input")).isEmptyFile();
	}

	private void run(Tool tool, String script) throws IOException, InterruptedException {
		tool.run(List.of("/bin/sh", "-c", script), this.directory);
	}

	private String read(String file) throws IOException {
		Path path = this.directory.resolve(file);
		return Files.exists(path) ? Files.readString(path).trim() : "";
	}

	private void assertIsGone(String file) throws IOException {
		String pid = read(file);
		assertThat(pid).isNotEmpty();
		Awaitility.await().atMost(DEADLINE).until(() -> isGone(pid));
	}

	// Nobody may be there to take the exit value
	private static boolean isGone(String pid) {
		try {
			return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
		}
		catch (IOException ex) {
			return true;
		}
	}

}
