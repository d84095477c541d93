package io.github.prefork.aside;

import java.nio.file.Path;
import java.util.List;

import io.github.prefork.aside.app.AdminFirst;
import io.github.prefork.aside.app.SeveralApplications;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.fleet.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several applications in one JVM, one after the other and beside each other.
 */
class SeveralApplicationsIT {

	// Two web servers of one JVM share event loops, which the first one disposes when it
	// stops: the second one may then stop only at Spring's deadline
	private static final String QUICK_STOP = "--spring.lifecycle.timeout-per-shutdown-phase=2s";

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void applicationsWhenSeveralAreInOneJvmShareOneRole() throws Exception {
		int port = FreePort.next();
		Path jar = ApplicationJar.of(SeveralApplications.class).write(this.directory.resolve("application.jar"));
		FleetProcess fleet = this.fleets.jar(jar)
			.args("--prefork.children=2", "--second.port=" + port, QUICK_STOP)
			.start();
		Expecting.line(fleet, "^" + fleet.pid() + " says: second application runs");
		List<Long> children = fleet.childPids();
		assertThat(children).hasSize(2);
		children.forEach((pid) -> Expecting.line(fleet, "^" + pid + " says: second application runs"));
		// It was master, was closed and is master again
		List<String> masters = Expecting.linesOf(fleet, "Prefork master listening on port");
		assertThat(masters).hasSize(2);
		assertThat(Expecting.linesOf(fleet, "says: bootstrapped")).hasSize(6);
		// The second one is served by the master alone, and its children leave the port
		assertThat(Expecting.http("GET", port, "/")).isEqualTo("STANDALONE 0 " + fleet.pid());
		assertThat(Expecting.http("GET", portIn(masters.get(1)), "/")).startsWith("CHILD ");
		assertThat(Expecting.reasons(fleet))
			.allMatch((reason) -> reason.startsWith("INFO another application of this JVM is the master or the child"));
		assertThat(Expecting.linesOf(fleet, " " + fleet.pid() + " ")).filteredOn((line) -> line.contains("not active"))
			.hasSize(1);
		// The second application has a runner
		assertThat(Expecting.warnings(fleet)).allMatch((line) -> line.contains("io.github.prefork.survey"));
		assertThat(Expecting.linesOf(fleet, "has ended: ")).isEmpty();
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(Expecting.START)).isEqualTo(143);
		fleet.awaitNoProcess(Expecting.STOP);
	}

	@Test
	void applicationsWhenTheFirstIsNotMeantLeaveTheClaimToTheSecond() throws Exception {
		int admin = FreePort.next();
		Path jar = ApplicationJar.of(AdminFirst.class).write(this.directory.resolve("application.jar"));
		FleetProcess fleet = this.fleets.jar(jar)
			.args("--prefork.children=1", "--admin.port=" + admin, QUICK_STOP)
			.start();
		Expecting.line(fleet, "Prefork master listening on port");
		assertThat(fleet.get("/")).startsWith("CHILD ");
		assertThat(Expecting.http("GET", admin, "/")).isEqualTo("STANDALONE 0 " + fleet.pid());
		assertThat(Expecting.linesOf(fleet, "has ended")).isEmpty();
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(Expecting.START)).isEqualTo(143);
		fleet.awaitNoProcess(Expecting.STOP);
	}

	private static int portIn(String line) {
		return Integer.parseInt(line.replaceAll(".*port\\(s\\) (\\d+).*", "$1"));
	}

}
