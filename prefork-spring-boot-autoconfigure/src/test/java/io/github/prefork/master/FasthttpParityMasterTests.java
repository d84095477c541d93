package io.github.prefork.master;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.ChildExited;
import io.github.prefork.ChildLauncher;
import io.github.prefork.ChildLauncherException;
import io.github.prefork.ChildLauncherException.Problem;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.FleetReady;
import io.github.prefork.HookFailedException;
import io.github.prefork.MasterReady;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.process.DefaultChildLauncher;
import io.github.prefork.master.process.FakeProcess;
import io.github.prefork.supervisor.OnExceeded;
import io.github.prefork.supervisor.SupervisorSettings;
import io.github.prefork.supervisor.TestSettings;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What fasthttp's prefork promises, as far as it is about processes, environment and
 * descriptors. The page {@code docs/fasthttp.md} lists these tests and where the rest is
 * shown.
 */
@Timeout(60)
class FasthttpParityMasterTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final String DEAF = "trap '' TERM; while :; do sleep 1; done";

	@RegisterExtension
	private final OwnDirectory directory = new OwnDirectory();

	private @Nullable TestFleet fleet;

	@AfterEach
	void nothingIsLeft() {
		TestFleet fleet = this.fleet;
		if (fleet != null) {
			fleet.close();
			Awaitility.await().atMost(DEADLINE).until(fleet::isGone);
		}
	}

	@Test
	void isChildWhenNoMasterLaunchedThisProcessIsFalse() {
		assertThat(Prefork.isChild()).isFalse();
	}

	@Test
	void descriptorsAreClosedAfterAStop() throws Exception {
		TestFleet fleet = fleet(Duration.ZERO, Duration.ofSeconds(1));
		MasterWebServer server = fleet.webServer(0);
		// What Netty and the JVM open once and keep
		startReady(fleet, server);
		server.stop();
		Awaitility.await().atMost(DEADLINE).until(fleet::isGone);
		List<String> before = descriptors();
		startReady(fleet, server);
		assertThat(openedSince(before)).anyMatch((target) -> target.startsWith("socket:"));
		server.stop();
		assertClosedSince(before);
	}

	@Test
	void descriptorsAreClosedAfterAnError() throws Exception {
		List<String> before = new ArrayList<>();
		List<String> during = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			before.clear();
			before.addAll(descriptors());
			TestFleet fleet = fleet(Duration.ZERO, Duration.ofSeconds(1)).hook((event) -> {
				if (event instanceof ChildSpawned) {
					during.addAll(openedSince(before));
					throw new IllegalStateException("planned");
				}
			});
			assertThatExceptionOfType(HookFailedException.class).isThrownBy(fleet.webServer(0)::start);
			Awaitility.await().atMost(DEADLINE).until(fleet::isGone);
		}
		assertThat(during).anyMatch((target) -> target.startsWith("socket:"));
		assertClosedSince(before);
	}

	@Test
	void environmentHasNoDuplicates() throws Exception {
		Map<String, String> stale = Map.of("PREFORK_SLOT", "stale", "PREFORK_GENERATION", "stale",
				ChannelAddress.VARIABLE, "stale", "PREFORK_SLOT_OF_MINE", "kept", ChannelAddress.VARIABLE + "_2",
				"kept");
		withSleepingChild(stale, (pid) -> {
			List<String> environment = List.of(read("/proc/" + pid + "/environ").split("\0"));
			assertThat(environment).map((variable) -> variable.substring(0, variable.indexOf('=')))
				.doesNotHaveDuplicates();
			assertThat(environment)
				.contains("PREFORK_SLOT=0", "PREFORK_GENERATION=0", "PREFORK_SLOT_OF_MINE=kept",
						ChannelAddress.VARIABLE + "_2=kept")
				.noneMatch((variable) -> variable.endsWith("=stale"))
				.anyMatch((variable) -> variable.startsWith(ChannelAddress.VARIABLE + "="));
		});
	}

	@Test
	void outputOfChildIsThatOfTheMasterAndNoOtherDescriptorIsInherited() throws Exception {
		withSleepingChild(Map.of(), (pid) -> {
			assertThat(link("/proc/" + pid + "/fd/1")).isEqualTo(link("/proc/self/fd/1"));
			assertThat(link("/proc/" + pid + "/fd/2")).isEqualTo(link("/proc/self/fd/2"));
			assertThat(Path.of("/proc/" + pid + "/fd").toFile().list()).containsExactlyInAnyOrder("0", "1", "2");
		});
	}

	@Test
	void launcherThatFailsEndsTheStart() {
		assertLauncherEndsTheStart((command) -> {
			throw new IOException("planned");
		}, Problem.FAILED);
	}

	@Test
	@SuppressWarnings("NullAway")
	void launcherThatReturnsNullEndsTheStart() {
		assertLauncherEndsTheStart((command) -> null, Problem.RETURNED_NULL);
	}

	@Test
	void launcherThatReturnsWhatNeverRanEndsTheStart() {
		assertLauncherEndsTheStart((command) -> new FakeProcess(0), Problem.NOT_STARTED);
	}

	@Test
	void spawnHookErrorOnRecoveryEndsTheReplacementAndNobodyIsRecovered() throws Exception {
		TestFleet fleet = fleet(Duration.ZERO, Duration.ofSeconds(1));
		MasterWebServer server = fleet.webServer(0);
		startReady(fleet, server);
		IllegalStateException cause = new IllegalStateException("planned");
		fleet.hook((event) -> {
			if (event instanceof ChildSpawned) {
				throw cause;
			}
		});
		fleet.processes.get(0).destroyForcibly();
		PreforkException failure = fleet.failures.poll(10, TimeUnit.SECONDS);
		assertThat(failure).isInstanceOf(HookFailedException.class).hasRootCause(cause);
		Awaitility.await().atMost(DEADLINE).until(fleet::isGone);
		assertThat(fleet.processes).hasSize(2);
		assertThat(fleet.events).hasExactlyElementsOfTypes(ChildSpawned.class, MasterReady.class, ChildReady.class,
				FleetReady.class, ChildExited.class, ChildSpawned.class, ChildExited.class);
	}

	@Test
	void recoveryIntervalIsRespected() throws Exception {
		Duration interval = Duration.ofMillis(400);
		List<Long> spawned = new ArrayList<>();
		List<Long> exited = new ArrayList<>();
		TestFleet fleet = fleet(interval, Duration.ofSeconds(1)).hook((event) -> {
			if (event instanceof ChildSpawned) {
				spawned.add(System.nanoTime());
			}
			if (event instanceof ChildExited) {
				exited.add(System.nanoTime());
			}
		});
		MasterWebServer server = fleet.webServer(0);
		startReady(fleet, server);
		long before = System.nanoTime();
		fleet.processes.get(0).destroyForcibly();
		Awaitility.await().atMost(DEADLINE).until(() -> fleet.processes.size() == 2);
		fleet.ready();
		Awaitility.await()
			.atMost(DEADLINE)
			.until(() -> fleet.events.stream().anyMatch(ChildRecovered.class::isInstance));
		server.stop();
		assertThat(Duration.ofNanos(spawned.get(1) - before)).isGreaterThanOrEqualTo(interval);
		assertThat(Duration.ofNanos(spawned.get(1) - exited.get(0))).isBetween(interval.minusMillis(50), DEADLINE);
	}

	@Test
	void recoveryIntervalIsInterruptibleByStop() throws Exception {
		TestFleet fleet = fleet(Duration.ofMinutes(1), Duration.ofSeconds(10));
		MasterWebServer server = fleet.webServer(0);
		startReady(fleet, server);
		fleet.processes.get(0).destroyForcibly();
		Awaitility.await().atMost(DEADLINE).until(() -> fleet.events.stream().anyMatch(ChildExited.class::isInstance));
		long before = System.nanoTime();
		stop(server);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
		assertThat(fleet.processes).hasSize(1);
	}

	@Test
	void gracePeriodWhenChildHeedsSigtermIsNotUsedUp() throws Exception {
		assertThat(exitWhenStopped(TestFleet.SLEEP, Duration.ofMinutes(5))).satisfies((exit) -> {
			assertThat(exit.exitCode()).isEqualTo(143);
			assertThat(exit.planned()).isTrue();
		});
	}

	@Test
	void gracePeriodWhenChildIgnoresSigtermEndsWithSigkill() throws Exception {
		Duration gracePeriod = Duration.ofSeconds(1);
		long before = System.nanoTime();
		assertThat(exitWhenStopped(DEAF, gracePeriod)).satisfies((exit) -> {
			assertThat(exit.exitCode()).isEqualTo(137);
			assertThat(exit.planned()).isTrue();
		});
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(gracePeriod);
	}

	private ChildExited exitWhenStopped(String script, Duration gracePeriod) throws Exception {
		TestFleet fleet = new TestFleet(script, gracePeriod);
		this.fleet = fleet;
		MasterWebServer server = fleet.webServer(0);
		CompletableFuture<Void> start = CompletableFuture.runAsync(server::start);
		Awaitility.await().atMost(DEADLINE).until(() -> !fleet.events.isEmpty());
		// The shell has to get as far as its trap
		Awaitility.await()
			.atMost(DEADLINE)
			.until(() -> script.equals(TestFleet.SLEEP) || fleet.processes.get(0).children().findAny().isPresent());
		stop(server);
		assertThat(start).failsWithin(DEADLINE);
		return fleet.events.stream()
			.filter(ChildExited.class::isInstance)
			.map(ChildExited.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private void assertLauncherEndsTheStart(ChildLauncher launcher, Problem problem) {
		TestFleet host = fleet(Duration.ZERO, Duration.ofSeconds(1));
		MasterWebServer server = webServer(TestFleet.settings(DEADLINE), launcher, host);
		assertThatExceptionOfType(ChildLauncherException.class).isThrownBy(server::start)
			.satisfies((ex) -> assertThat(ex.getProblem()).isEqualTo(problem));
		Awaitility.await().atMost(DEADLINE).until(() -> TestFleet.threads().isEmpty());
		assertThat(server.getPort()).isEqualTo(-1);
		assertThat(host.events).isEmpty();
		assertThat(host.failures).isEmpty();
	}

	private void withSleepingChild(Map<String, String> environment, Consumer<Long> look) throws Exception {
		MasterSettings like = TestFleet.settings(Duration.ofSeconds(1));
		MasterSettings settings = new MasterSettings(like.mode(), like.network(), like.backlog(),
				like.heartbeatInterval(), like.drainTimeout(), like.supervisor(),
				new ChildSettings(1, List.of(), List.of(), environment), "test");
		TestFleet host = fleet(Duration.ZERO, Duration.ofSeconds(1));
		MasterWebServer server = webServer(settings,
				(command) -> new DefaultChildLauncher().launch(new ChildCommand(command.slot(), command.generation(),
						List.of("/bin/sleep", "60"), command.environment())),
				host);
		CompletableFuture<Void> start = CompletableFuture.runAsync(server::start);
		try {
			Awaitility.await().atMost(DEADLINE).until(() -> !host.events.isEmpty());
			look.accept(((ChildSpawned) host.events.get(0)).pid());
		}
		finally {
			server.stop();
		}
		assertThat(start).failsWithin(DEADLINE);
	}

	private static MasterWebServer webServer(MasterSettings settings, ChildLauncher launcher, FleetHost host) {
		return new MasterWebServer(new MasterFleet(settings, launcher, host),
				new ServerSettings(InetAddress.getLoopbackAddress(), 0, false, null));
	}

	private TestFleet fleet(Duration interval, Duration gracePeriod) {
		MasterSettings like = TestFleet.settings(gracePeriod);
		SupervisorSettings policy = like.supervisor();
		SupervisorSettings supervisor = TestSettings.like(policy)
			.recovery(new SupervisorSettings.Recovery(100, Duration.ZERO, interval, Duration.ofSeconds(30),
					OnExceeded.FAIL))
			.build();
		TestFleet fleet = new TestFleet(TestFleet.SLEEP, new MasterSettings(like.mode(), like.network(), like.backlog(),
				like.heartbeatInterval(), like.drainTimeout(), supervisor, like.child(), "test"));
		this.fleet = fleet;
		return fleet;
	}

	private static void startReady(TestFleet fleet, MasterWebServer server) throws Exception {
		int before = fleet.commands.size();
		CompletableFuture<Void> start = CompletableFuture.runAsync(server::start);
		Awaitility.await().atMost(DEADLINE).until(() -> fleet.commands.size() > before);
		fleet.ready();
		assertThat(start).succeedsWithin(DEADLINE);
	}

	private static void stop(MasterWebServer server) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		server.shutDownGracefully((result) -> done.countDown());
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		server.stop();
	}

	private static void assertClosedSince(List<String> before) {
		Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(openedSince(before)).isEmpty());
	}

	private static List<String> openedSince(List<String> before) {
		List<String> opened = descriptors();
		before.forEach(opened::remove);
		return opened;
	}

	/** What is open beside files: class loading opens these when it likes. */
	private static List<String> descriptors() {
		List<String> targets = new ArrayList<>();
		for (String descriptor : Path.of("/proc/self/fd").toFile().list()) {
			String target = link("/proc/self/fd/" + descriptor);
			if (Stream.of("socket:", "pipe:", "anon_inode:").anyMatch(target::startsWith)) {
				targets.add(target);
			}
		}
		return targets;
	}

	private static String link(String path) {
		try {
			return Files.readSymbolicLink(Path.of(path)).toString();
		}
		catch (IOException ex) {
			// Closed meanwhile
			return "";
		}
	}

	private static String read(String path) {
		try {
			return Files.readString(Path.of(path));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
