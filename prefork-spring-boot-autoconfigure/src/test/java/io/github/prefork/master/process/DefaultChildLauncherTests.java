package io.github.prefork.master.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.prefork.ChildCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultChildLauncher}.
 */
class DefaultChildLauncherTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void launchGivesExactlyTheEnvironmentOfTheCommand() throws Exception {
		String path = System.getenv("PATH");
		run("/usr/bin/env > out", Map.of("PATH", path, "OUR_NAME", "a b", "OUR_EMPTY", ""));
		assertThat(Files.readAllLines(this.directory.resolve("out")))
			.filteredOn((line) -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*"))
			.containsExactlyInAnyOrder("PATH=" + path, "OUR_NAME=a b", "OUR_EMPTY=");
	}

	@Test
	void launchGivesNoInput() throws Exception {
		run("cat > out; readlink /proc/self/fd/0 >> out", System.getenv());
		assertThat(Files.readAllLines(this.directory.resolve("out"))).containsExactly("/dev/null");
	}

	private void run(String script, Map<String, String> environment) throws Exception {
		Process process = new DefaultChildLauncher().launch(new ChildCommand(0, 0,
				List.of("/bin/sh", "-c", "cd \"$0\" && " + script, this.directory.toString()), environment));
		try {
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
