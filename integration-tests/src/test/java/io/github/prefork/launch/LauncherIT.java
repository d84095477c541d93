package io.github.prefork.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children that a launcher of the application's starts.
 */
class LauncherIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration STOP = Duration.ofSeconds(20);

	private static final int NICENESS = 18;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void launcherWhenItWrapsTheCommandHasOrdinaryChildren() throws Exception {
		FleetProcess fleet = start("nice", "", "a  b", "$HOME");
		Launched launched = new Launched(fleet);
		assertThat(launched.arguments()).endsWith("", "a  b", "$HOME");
		assertThat(launched.variable("LAUNCHED_IN")).isEqualTo("0");
		assertThat(launched.variable("LAUNCH_SECRET")).isEqualTo("null");
		assertThat(niceness(launched.child()) - niceness(fleet.pid())).isEqualTo(5);
		assertThat(fleet.output())
			.anyMatch((line) -> line.contains("Child in slot 0 (pid " + launched.child() + ") is ready"));
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(STOP)).isEqualTo(143);
		fleet.awaitNoProcess(STOP);
	}

	@ParameterizedTest
	@CsvSource({ "null, returned null instead of a process, throw an exception that says why",
			"background, ended with exit code 0, the wrapper must not leave it in the background",
			"bare, ended with exit code 1, but not its environment" })
	void launcherWhenItIsWrongEndsTheFleet(String launcher, String description, String action) throws Exception {
		FleetProcess fleet = start(launcher, "--prefork.required=true");
		assertThat(fleet.awaitExit(TIMEOUT)).isEqualTo(1);
		fleet.awaitNoProcess(STOP);
		assertThat(String.join("\n", fleet.output())).contains(description, action);
		assertThat(fleet.output()).filteredOn((line) -> line.contains("Prefork master with")).hasSize(1);
	}

	private FleetProcess start(String launcher, String... arguments) throws IOException {
		return this.fleets.launch(List.of("-cp", LaunchFiles.classPath(), LaunchFiles.MAIN))
			.environment("LAUNCH_SECRET", "x")
			.args("--management.server.port=-1", "--prefork.children=1", "--launcher=" + launcher)
			.args(arguments)
			.start();
	}

	private static int niceness(long pid) throws IOException {
		// After the name, which may hold blanks
		String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
		return Integer.parseInt(text.substring(text.lastIndexOf(')')).split(" ")[NICENESS - 1]);
	}

}
