package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeathWatch}, with a JVM as master that is killed.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class DeathWatchTests {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	// A program that is launched by one that is launched by one
	private static final String HANGS = "sh -c 'sleep 1000 & echo $! > last; wait' & echo $! > middle; "
			+ "echo $$ > first; wait; touch survived";

	@TempDir
	private Path directory;

	private Process master;

	private List<ProcessHandle> all = List.of();

	@AfterEach
	void endMaster() {
		this.all.forEach(ProcessHandle::destroyForcibly);
		if (this.master != null) {
			this.master.descendants().forEach(ProcessHandle::destroyForcibly);
			this.master.destroyForcibly();
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void masterWhenKilledTakesAllWithIt(String shell) throws Exception {
		launch(shell, HANGS);
		Awaitility.await().atMost(DEADLINE).until(() -> Stream.of("first", "middle", "last").allMatch(this::isThere));
		this.all = this.master.descendants().toList();
		assertThat(this.all).hasSize(4)
			.extracting(ProcessHandle::pid)
			.contains(pid("first"), pid("middle"), pid("last"));
		// As Ctrl-C does to the whole group
		for (ProcessHandle process : this.master.children().filter((child) -> child.pid() != pid("first")).toList()) {
			new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
		}
		this.master.destroyForcibly();
		Awaitility.await().atMost(DEADLINE).until(() -> this.all.stream().noneMatch(DeathWatchTests::lives));
		assertThat(this.directory.resolve("survived")).doesNotExist();
	}

	@ParameterizedTest
	@MethodSource("shells")
	void programThatEndsEndsItsWatch(String shell) throws Exception {
		launch(shell, "exit 7");
		Awaitility.await().atMost(DEADLINE).until(() -> isThere("result"));
		assertThat(this.directory.resolve("result")).hasContent("it ended with exit code 7");
		Awaitility.await().atMost(DEADLINE).until(() -> this.master.descendants().findAny().isEmpty());
		assertThat(this.master.isAlive()).isTrue();
	}

	static Stream<String> shells() {
		return Stream.of("/bin/sh", "/bin/dash", "/bin/bash --posix", "/bin/busybox sh")
			.filter((shell) -> Files.isExecutable(Path.of(shell.split(" ")[0])));
	}

	private void launch(String shell, String script) throws Exception {
		String classes = place(Tool.class) + ":" + place(ToolMaster.class);
		this.master = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m",
				"-cp", classes, ToolMaster.class.getName(), shell, script, this.directory.toString())
			.inheritIO()
			.start();
	}

	private static Path place(Class<?> type) throws Exception {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
	}

	private boolean isThere(String file) {
		try {
			Path path = this.directory.resolve(file);
			return Files.exists(path) && Files.size(path) > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private long pid(String file) {
		try {
			return Long.parseLong(Files.readString(this.directory.resolve(file)).trim());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Nobody may be there to take the exit value
	private static boolean lives(ProcessHandle process) {
		try {
			return !Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat")).contains(") Z ");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
