package io.github.prefork.master;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.Fleet;
import io.github.prefork.FleetReady;
import io.github.prefork.MasterReady;
import io.github.prefork.PreforkException;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MasterFleet}: a fleet that starts before its application is there,
 * with shell scripts as children.
 */
@EnabledOnOs(OS.LINUX)
class AheadFleetTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final MasterSettings SETTINGS = TestFleet.settings(DEADLINE);

	private final EarlyChildren children = new EarlyChildren();

	@RegisterExtension
	private final OwnDirectory directory = new OwnDirectory();

	private TestFleet fleet;

	@AfterEach
	void nothingIsLeft() {
		this.fleet.close();
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
	}

	@Test
	void listensBeforeTheApplicationIsThereAndTellsItAfterwards() throws Exception {
		int port = freePort();
		TestFleet fleet = ahead(TestFleet.SLEEP, port);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
		CompletableFuture<ToChild> offered = new CompletableFuture<>();
		ChildChannel channel = fleet.asking(offered);
		assertThat(offered).succeedsWithin(DEADLINE);
		connect(port);
		channel.send(new ToMaster.Readiness(true));
		assertThat(fleet.events).isEmpty();
		assertThat(fleet.fleet.fleet()).isEqualTo(Fleet.EMPTY);
		MasterWebServer server = fleet.webServer(port);
		server.start();
		assertThat(server.getPort()).isEqualTo(port);
		assertThat(fleet.events).extracting(Object::getClass)
			.containsExactly(ChildSpawned.class, MasterReady.class, ChildReady.class, FleetReady.class);
		assertThat(fleet.fleet.fleet().children()).hasSize(1);
		fleet.close();
		channel.close();
	}

	@Test
	void portOfTheSystemIsThatOfTheFleet() throws Exception {
		TestFleet fleet = ahead(TestFleet.SLEEP, 0);
		ChildChannel channel = fleet.ready();
		MasterWebServer server = fleet.webServer(0);
		server.start();
		assertThat(server.getPort()).isPositive();
		fleet.close();
		assertThat(server.getPort()).isEqualTo(-1);
		channel.close();
	}

	@Test
	void failureOfTheChildIsThatOfTheStart() throws Exception {
		TestFleet fleet = ahead("exit 3", 0);
		this.children.processes.get(0).waitFor();
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(fleet.webServer(0)::start)
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(3));
		assertThat(fleet.events).extracting(Object::getClass)
			.containsExactly(ChildSpawned.class, MasterReady.class, ChildExited.class);
		assertThat(this.children.processes).hasSize(1);
	}

	@Test
	void startElsewhereEndsIt() throws Exception {
		TestFleet fleet = ahead(TestFleet.SLEEP, 0);
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			// So that nobody is launched for the new one
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(fleet.webServer(other.getLocalPort())::start);
		}
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
		assertThat(fleet.events).isEmpty();
	}

	@Test
	void startWhenPortIsInUseFailsAsUsual() throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			TestFleet fleet = ahead(TestFleet.SLEEP, other.getLocalPort());
			Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(fleet.webServer(other.getLocalPort())::start);
		}
	}

	@Test
	void stopAheadLeavesNothing() {
		TestFleet fleet = ahead(TestFleet.SLEEP, 0);
		fleet.fleet.stopAhead();
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
		this.directory.assertEmpty();
		assertThat(fleet.events).isEmpty();
	}

	@Test
	void stopOfTheWebServerBeforeItsStartStopsIt() {
		TestFleet fleet = ahead(TestFleet.SLEEP, 0);
		fleet.webServer(0).stop();
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
		assertThat(fleet.events).isEmpty();
		// As after a signal while the context starts
		assertThatExceptionOfType(PreforkException.class).isThrownBy(fleet.webServer(0)::start)
			.withMessageContaining("stopped while it started");
	}

	private TestFleet ahead(String script, int port) {
		EarlyChild early = this.children.launch(script, SETTINGS);
		this.fleet = new TestFleet(this.children, early, SETTINGS);
		this.fleet.fleet.startAhead(InetAddress.getLoopbackAddress(), port);
		assertThat(early.fits(SETTINGS)).isFalse();
		return this.fleet;
	}

	private static int freePort() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void connect(int port) throws Exception {
		new Socket(InetAddress.getLoopbackAddress(), port).close();
	}

}
