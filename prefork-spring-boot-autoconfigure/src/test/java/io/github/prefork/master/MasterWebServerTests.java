package io.github.prefork.master;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.HookFailedException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceededException;
import io.github.prefork.master.listener.FleetListeners;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.ListenerOptions;
import io.github.prefork.master.listener.Network;
import io.github.prefork.master.operation.OperationRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MasterWebServer} and the {@link MasterFleet} behind it, with children
 * that are programs of the system.
 */
@Timeout(60)
class MasterWebServerTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	@RegisterExtension
	private final OwnDirectory directory = new OwnDirectory();

	private @Nullable TestFleet fleet;

	@AfterEach
	void nothingIsLeft() {
		TestFleet fleet = this.fleet;
		if (fleet != null) {
			fleet.close();
			assertGone(fleet);
		}
	}

	@Test
	void startWhenPortIsInUseLaunchesNobody() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(fleet.webServer(other.getLocalPort())::start);
		}
		assertThat(fleet.processes).isEmpty();
		assertNoThreads();
	}

	@Test
	void startWhenManagementPortIsInUseLaunchesNobody() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		try (ServerSocket other = new ServerSocket(0)) {
			for (InetAddress address : List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("0.0.0.0"))) {
				InetSocketAddress management = new InetSocketAddress(address, other.getLocalPort());
				assertThatExceptionOfType(PortInUseException.class).isThrownBy(fleet.webServer(0, management)::start)
					.satisfies((ex) -> assertThat(ex.getPort()).isEqualTo(other.getLocalPort()));
			}
		}
		assertThat(fleet.processes).isEmpty();
		assertNoThreads();
	}

	@Test
	void startWhenPortIsNegativeDoesNothing() {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		MasterWebServer server = fleet.webServer(-1);
		server.start();
		assertThat(server.getPort()).isEqualTo(-1);
		server.stop();
		assertThat(fleet.processes).isEmpty();
	}

	@Test
	void startWhenChildEndsThrowsItsExitCode() {
		TestFleet fleet = fleet("exit 3");
		MasterWebServer server = fleet.webServer(0);
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(server::start)
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(3));
		assertGone(fleet);
		assertThat(fleet.processes).hasSize(1);
		assertThat(fleet.failures).isEmpty();
		assertThat(server.getPort()).isEqualTo(-1);
	}

	@Test
	void startWhenListenerThrowsExceptionStops() {
		IllegalStateException cause = new IllegalStateException("hook");
		assertHookFailure(cause, () -> {
			throw cause;
		});
	}

	@Test
	void startWhenListenerThrowsErrorStops() {
		AssertionError cause = new AssertionError("hook");
		assertHookFailure(cause, () -> {
			throw cause;
		});
	}

	@Test
	void startWhenListenerOverflowsTheStackStops() {
		StackOverflowError cause = new StackOverflowError("hook");
		assertHookFailure(cause, () -> {
			throw cause;
		});
	}

	private void assertHookFailure(Throwable cause, Runnable hook) {
		TestFleet fleet = fleet(TestFleet.SLEEP).hook((event) -> {
			if (event instanceof ChildSpawned) {
				hook.run();
			}
		});
		assertThatExceptionOfType(HookFailedException.class).isThrownBy(fleet.webServer(0)::start)
			.satisfies((ex) -> assertThat(ex).hasRootCause(cause));
		assertGone(fleet);
	}

	@Test
	void startWhenListenerStopsTheServerDoesNotWaitForItself() {
		AtomicReference<@Nullable MasterWebServer> server = new AtomicReference<>();
		TestFleet fleet = fleet(TestFleet.SLEEP).hook((event) -> {
			MasterWebServer running = server.get();
			if (running != null && event instanceof ChildSpawned) {
				running.shutDownGracefully((result) -> {
				});
				running.stop();
			}
		});
		MasterWebServer starting = fleet.webServer(0);
		server.set(starting);
		assertStopped(starting::start);
		assertGone(fleet);
	}

	@Test
	void startWhenInterruptedStops() {
		Thread main = Thread.currentThread();
		TestFleet fleet = fleet(TestFleet.SLEEP).hook((event) -> {
			if (event instanceof ChildSpawned) {
				main.interrupt();
			}
		});
		assertStopped(fleet.webServer(0)::start);
		assertThat(Thread.interrupted()).isFalse();
		assertGone(fleet);
	}

	@Test
	void startWhenStoppedMeanwhileThrowsException() {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		MasterWebServer server = fleet.webServer(0);
		CompletableFuture<Void> start = CompletableFuture.runAsync(server::start);
		Awaitility.await().atMost(DEADLINE).until(() -> !fleet.events.isEmpty());
		server.stop();
		assertThat(start).failsWithin(DEADLINE)
			.withThrowableThat()
			.havingRootCause()
			.withMessageContaining("stopped while it started");
		assertGone(fleet);
	}

	@Test
	void startWhenSupervisorFailsThrowsTheCause() {
		AssertionError cause = new AssertionError("launcher");
		TestFleet host = fleet(TestFleet.SLEEP);
		MasterFleet broken = new MasterFleet(TestFleet.settings(DEADLINE), (command) -> {
			throw cause;
		}, host);
		MasterWebServer server = new MasterWebServer(broken,
				new ServerSettings(InetAddress.getLoopbackAddress(), 0, false, null));
		assertThatExceptionOfType(PreforkException.class).isThrownBy(server::start)
			.satisfies((ex) -> assertThat(ex).hasRootCause(cause));
		server.stop();
		assertNoThreads();
		assertThat(host.failures).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void openWhenItFailsHalfWayLeavesNothing() throws Exception {
		MasterSettings good = TestFleet.settings(DEADLINE);
		TestFleet host = fleet(TestFleet.SLEEP);
		ListenerOptions options = new ListenerOptions(ListenerMode.SHARED, Network.TCP, 1,
				InetAddress.getLoopbackAddress(), freePort(), 1);
		MasterSettings bad = new MasterSettings(good.mode(), good.network(), 1, good.heartbeatInterval(),
				good.drainTimeout(), null, good.child(), "");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> RunningFleet.open(bad, (command) -> null,
				host, options, null, new FleetReporter(bad, new OperationRegistry())));
		assertNoThreads();
		FleetListeners.open(options).close();
	}

	@Test
	void stopWhenNotStartedDoesNothing() {
		MasterWebServer server = fleet(TestFleet.SLEEP).webServer(0);
		server.stop();
		server.shutDownGracefully((result) -> {
		});
		server.stop();
		assertThat(server.getPort()).isEqualTo(-1);
	}

	@Test
	void startWhenChildIsReadyReturns() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		MasterWebServer server = fleet.webServer(0);
		startReady(fleet, server);
		assertThat(server.getPort()).isPositive();
		assertThat(fleet.fleet.fleet().children()).hasSize(1);
		server.stop();
		assertGone(fleet);
		assertThat(fleet.failures).isEmpty();
		assertThat(server.getPort()).isEqualTo(-1);
	}

	@Test
	void startWhenStoppedBeforeStartsAgain() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		MasterWebServer server = fleet.webServer(freePort());
		for (int i = 1; i <= 2; i++) {
			startReady(fleet, server);
			CountDownLatch done = new CountDownLatch(1);
			server.shutDownGracefully((result) -> done.countDown());
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			server.stop();
			server.stop();
			assertGone(fleet);
			assertThat(fleet.processes).hasSize(i);
		}
		assertThat(fleet.failures).isEmpty();
	}

	@Test
	void startWhenFleetStillStopsWaitsForItsEnd() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		MasterWebServer server = fleet.webServer(freePort());
		startReady(fleet, server);
		server.shutDownGracefully((result) -> {
		});
		startReady(fleet, server);
		assertThat(fleet.processes).hasSize(2);
		assertThat(fleet.processes.get(0).isAlive()).isFalse();
	}

	@Test
	void stopWhenGracefulShutdownHasNotEndedKills() throws Exception {
		TestFleet fleet = new TestFleet("trap '' TERM; while :; do sleep 1; done", Duration.ofMinutes(5));
		this.fleet = fleet;
		MasterWebServer server = fleet.webServer(0);
		startReady(fleet, server);
		server.shutDownGracefully((result) -> {
		});
		server.stop();
		assertGone(fleet);
	}

	@Test
	void failedWhenChildOfStartedFleetIsLostTellsTheHost() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		MasterWebServer server = fleet.webServer(0);
		startReady(fleet, server);
		fleet.processes.get(0).destroyForcibly();
		assertThat(fleet.failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(RecoveryExceededException.class);
		server.stop();
		assertGone(fleet);
	}

	@Test
	void hurryWhenListenerBlocksTheSupervisorKills() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		TestFleet fleet = fleet(TestFleet.SLEEP).hook((event) -> {
			if (event instanceof ChildReady) {
				await(release);
			}
		});
		CompletableFuture<Void> start = CompletableFuture.runAsync(fleet.webServer(0)::start);
		Awaitility.await().atMost(DEADLINE).until(() -> !fleet.events.isEmpty());
		fleet.ready();
		Awaitility.await().atMost(DEADLINE).until(() -> fleet.events.stream().anyMatch(ChildReady.class::isInstance));
		fleet.fleet.killAll();
		assertThat(fleet.processes.get(0).waitFor(10, TimeUnit.SECONDS)).isTrue();
		release.countDown();
		assertThat(start).succeedsWithin(DEADLINE);
		assertGone(fleet);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void startReady(TestFleet fleet, MasterWebServer server) throws Exception {
		int before = fleet.commands.size();
		CompletableFuture<Void> start = CompletableFuture.runAsync(server::start);
		Awaitility.await().atMost(DEADLINE).until(() -> fleet.commands.size() > before);
		fleet.ready();
		assertThat(start).succeedsWithin(DEADLINE);
	}

	private static void assertGone(TestFleet fleet) {
		// Threads say that they have ended a little before they have
		Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).until(fleet::isGone);
	}

	private static void assertNoThreads() {
		Awaitility.await()
			.atMost(DEADLINE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> TestFleet.threads().isEmpty());
	}

	private static void assertStopped(Runnable start) {
		assertThatExceptionOfType(PreforkException.class).isThrownBy(start::run)
			.withMessageContaining("stopped while it started");
	}

	private TestFleet fleet(String script) {
		TestFleet fleet = new TestFleet(script, Duration.ofSeconds(1));
		this.fleet = fleet;
		return fleet;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
