package io.github.prefork.aside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.github.prefork.aside.app.AsideApplication;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a child starts besides: other processes, and its own application once more; under
 * a master that is not lazy.
 */
class SubprocessIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void applicationWhenStartedByAChildIsNoChild() throws Exception {
		Path jar = ApplicationJar.of(AsideApplication.class).write(this.directory.resolve("application.jar"));
		FleetProcess fleet = this.fleets.jar(jar).args("--prefork.children=2", "--prefork.master.lazy=false").start();
		Expecting.started(fleet);
		List<Long> children = fleet.childPids();
		assertMasterIsTheWholeApplication(fleet);
		assertChildrenServe(fleet, children);
		long started = post(fleet, "/launch");
		Expecting.line(fleet, " " + started + " --- .*: Started ");
		assertThat(Expecting.reasons(fleet)).singleElement()
			.asString()
			.startsWith("WARN the master refused this process: the token was already used")
			.contains("_PREFORK_CHANNEL");
		assertThat(fleet.childPids()).containsAll(children);
		assertThat(Expecting.linesOf(fleet, "has ended")).isEmpty();
		assertThat(fleet.get("/")).startsWith("CHILD ");
		long restarted = post(fleet, "/restart");
		Expecting.line(fleet, "This process was a child of a fleet and has left it");
		Expecting.line(fleet, "says: heard ChildRecovered.* oldPid=" + restarted + ",");
		assertThat(fleet.get("/")).startsWith("CHILD ");
	}

	// Any master would do for the rest
	private static void assertMasterIsTheWholeApplication(FleetProcess fleet) {
		for (String text : List.of("eager bean created", "runner ran", "heard MasterReady")) {
			Expecting.line(fleet, "^" + fleet.pid() + " says: " + text);
		}
	}

	private static void assertChildrenServe(FleetProcess fleet, List<Long> children) throws IOException {
		for (int i = 0; i < 20; i++) {
			String[] answer = Expecting.http("GET", fleet.port(), "/").split(" ");
			assertThat(answer[0]).isEqualTo("CHILD");
			assertThat(children).contains(Long.valueOf(answer[2]));
		}
	}

	private static long post(FleetProcess fleet, String path) throws IOException {
		return Long.parseLong(Expecting.http("POST", fleet.port(), path));
	}

}
