package io.github.prefork.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link FleetProcess}.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class FleetProcessTests {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(300);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void startPassesArgumentsOptionsAndEnvironment() throws Exception {
		FleetProcess fleet = tiny("--server.port=9", "a b").environment("FLAVOUR", "sweet").start();
		assertThat(fleet.awaitOutput(Pattern.compile("master with \\[(.*)] and FLAVOUR=sweet"), DEADLINE).group(1))
			.isEqualTo("--management.server.port=0, --prefork.child.jvm-args=-XX:TieredStopAtLevel=1, "
					+ "--server.port=9, a b");
		fleet.awaitOutput(Pattern.compile("h\u00e9llo on standard error"), DEADLINE);
		assertThat(fleet.workingDirectory()).isEmptyDirectory();
	}

	@Test
	void awaitOutputWhenThereIsNoneFailsWithTail() throws Exception {
		FleetProcess fleet = tiny().start();
		fleet.awaitOutput(Pattern.compile("master with"), DEADLINE);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> fleet.awaitOutput(Pattern.compile("nonsense"), SHORT))
			.withMessageContaining("no output matches 'nonsense'")
			.withMessageContaining("live processes: [" + fleet.pid() + "]")
			.withMessageContaining("master with [");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> fleet.awaitOutput(Pattern.compile("master"), fleet.output().size(), SHORT));
	}

	@Test
	void awaitOutputWhenFleetHasEndedFailsAtOnce() throws Exception {
		FleetProcess fleet = tiny("exit=7").start();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> fleet.awaitOutput(Pattern.compile("nonsense"), Duration.ofHours(1)))
			.withMessageContaining("master with [");
		assertThat(fleet.awaitExit(DEADLINE)).isEqualTo(7);
		assertThat(fleet.livePids()).isEmpty();
	}

	@Test
	void stoppedWhenProcessHasEndedFailsAtOnce() throws Exception {
		FleetProcess fleet = tiny("exit=7").start();
		assertThat(fleet.awaitExit(DEADLINE)).isEqualTo(7);
		assertThat(fleet.output()).as("at once").anyMatch((line) -> line.startsWith("master with ["));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AcceptedConnections.ofStopped(fleet.pid(), 1))
			.withMessageContaining("process " + fleet.pid() + " has ended");
	}

	@Test
	void awaitExitWhenMasterLivesFails() throws Exception {
		FleetProcess fleet = tiny().start();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> fleet.awaitExit(Duration.ofMillis(50)))
			.withMessageContaining("has not ended");
	}

	@Test
	void signalReachesOneProcess() throws Exception {
		FleetProcess fleet = withChildren(2);
		long child = fleet.childPids().get(0);
		fleet.signal(child, "STOP");
		Awaitility.await().until(() -> state(child) == 'T');
		fleet.signal(child, "CONT");
		Awaitility.await().until(() -> state(child) != 'T');
		fleet.signal(child, "KILL");
		Awaitility.await().until(() -> fleet.childPids().size() == 1);
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(DEADLINE)).isEqualTo(143);
		assertThatIllegalArgumentException().isThrownBy(() -> fleet.signal(fleet.pid(), "TERM"));
		assertThatIllegalArgumentException().isThrownBy(() -> fleet.signal(ProcessHandle.current().pid(), "KILL"));
	}

	@Test
	void signalGroupReachesAllProcesses() throws Exception {
		assumeThat(OsCommands.hasSessions()).isTrue();
		FleetProcess fleet = withChildren(1);
		fleet.signalGroup("INT");
		assertThat(fleet.awaitExit(DEADLINE)).isEqualTo(130);
		fleet.awaitNoProcess(DEADLINE);
	}

	@Test
	void signalGroupWhenGroupIsSharedIsRefused() throws Exception {
		FleetProcess fleet = tiny().ownSession(false).start();
		assertThatIllegalStateException().isThrownBy(() -> fleet.signalGroup("INT"));
	}

	@Test
	void childrenWhenMasterIsKilledAreStillSeenAndHeard() throws Exception {
		FleetProcess fleet = withChildren(2);
		List<Long> children = fleet.childPids();
		fleet.signal(fleet.pid(), "KILL");
		assertThat(fleet.awaitExit(DEADLINE)).isEqualTo(137);
		for (long child : children) {
			fleet.awaitOutput(Pattern.compile("child " + child + " is an orphan"), DEADLINE);
		}
		assertThat(fleet.childPids()).isEqualTo(children);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> fleet.awaitNoProcess(SHORT))
			.withMessageContaining(children.toString());
	}

	@Test
	void closeKillsOrphansAndStoppedProcessesAndDeletesFiles() throws Exception {
		FleetProcess fleet = withChildren(2);
		List<Long> children = fleet.childPids();
		fleet.signal(children.get(0), "STOP");
		fleet.signal(fleet.pid(), "KILL");
		fleet.awaitExit(DEADLINE);
		Path directory = fleet.workingDirectory();
		fleet.close();
		assertThat(fleet.livePids()).isEmpty();
		assertThat(directory.getParent()).doesNotExist();
		assertThat(fleet.outputTail()).contains("child " + children.get(0) + " is up");
		fleet.close();
	}

	@Test
	void portsAndCallsWhenServed() throws Exception {
		FleetProcess fleet = tiny("serve").start();
		assertThat(fleet.port()).isEqualTo(fleet.managementPort()).isGreaterThan(1);
		assertThat(fleet.get("/some?a=b")).isEqualTo("path /some?a=b");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> fleet.get("/broken"))
			.withMessage("status 500: broken");
		assertThat(fleet.manage("POST", "/broken", "{}").status()).isEqualTo(500);
		assertThat(fleet.metric("some", "slot:0", "a:b c")).hasValue(25);
		assertThat(fleet.metric("none")).isEmpty();
	}

	@Test
	void leftBehindWhenFileIsLeftFindsIt() throws Exception {
		FleetProcess fleet = tiny("leave=other.txt", "leave=prefork-1.txt", "exit=0").start();
		fleet.awaitExit(DEADLINE);
		assertThat(fleet.leftBehind()).singleElement().asString().endsWith("prefork-1.txt");
		fleet.close();
		assertThatIllegalStateException().isThrownBy(fleet::leftBehind);
	}

	@Test
	void sampleWhenPropertyIsNotSetTellsIt() {
		assumeThat(System.getProperty("sample.jar")).isNull();
		assertThatIllegalStateException().isThrownBy(FleetProcess::sample).withMessageContaining("sample.jar");
		assertThatIllegalArgumentException().isThrownBy(() -> FleetProcess.jar(Path.of("none.jar")))
			.withMessageContaining("build the sample first");
	}

	private FleetProcess withChildren(int count) throws IOException {
		FleetProcess fleet = tiny("children=" + count).start();
		Awaitility.await()
			.atMost(DEADLINE)
			.until(() -> fleet.output().stream().filter((line) -> line.endsWith(" is up")).count() == count);
		assertThat(fleet.childPids()).hasSize(count).doesNotContain(fleet.pid());
		assertThat(fleet.livePids()).hasSize(count + 1);
		return fleet;
	}

	private FleetProcessBuilder tiny(String... args) {
		return this.fleets.mainClass(TinyFleet.class.getName()).args(args);
	}

	private static char state(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
		return stat.charAt(stat.lastIndexOf(')') + 2);
	}

}
