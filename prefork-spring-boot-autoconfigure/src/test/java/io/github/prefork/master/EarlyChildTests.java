package io.github.prefork.master;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.command.ChildSettings;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EarlyChild}, with shell scripts as children.
 */
@EnabledOnOs(OS.LINUX)
class EarlyChildTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final MasterSettings SETTINGS = TestFleet.settings(DEADLINE);

	private final EarlyChildren children = new EarlyChildren();

	@RegisterExtension
	private final OwnDirectory directory = new OwnDirectory();

	private @Nullable TestFleet fleet;

	private @Nullable EarlyChild early;

	@AfterEach
	void nothingIsLeft() {
		if (this.fleet != null) {
			this.fleet.close();
		}
		if (this.early != null) {
			this.early.close();
		}
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
	}

	@Test
	void startAdoptsIt() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		ChildChannel channel = fleet.ready();
		// Both claim and readiness came before the fleet was there
		MasterWebServer server = fleet.webServer(0);
		server.start();
		assertThat(this.children.processes).hasSize(1);
		long pid = this.children.processes.get(0).pid();
		assertThat(fleet.events).filteredOn(ChildSpawned.class::isInstance)
			.containsExactly(new ChildSpawned(0, 0, pid));
		assertThat(fleet.events).anyMatch((event) -> event instanceof ChildReady ready && ready.pid() == pid);
		assertThat(fleet.fleet.fleet().children()).hasSize(1);
		server.stop();
		channel.close();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void startTellsWhatWasToBeToldBefore(CapturedOutput output) throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		Objects.requireNonNull(this.early).events().warn("planned warning");
		ChildChannel channel = fleet.ready();
		assertThat(output).doesNotContain("planned warning");
		fleet.webServer(0).start();
		assertThat(output).containsOnlyOnce("planned warning");
		channel.close();
	}

	@Test
	void startPassesListenersToOneThatWaitsForThem() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		CompletableFuture<ToChild> offered = new CompletableFuture<>();
		ChildChannel channel = fleet.asking(offered);
		CompletableFuture<Void> started = CompletableFuture.runAsync(fleet.webServer(0)::start);
		assertThat(offered).succeedsWithin(DEADLINE).isEqualTo(new ToChild.ListenersOffered(1, 0));
		channel.send(new ToMaster.Readiness(true));
		assertThat(started).succeedsWithin(DEADLINE);
		channel.close();
	}

	@Test
	void startWhenItHasEndedFailsAsUsual() throws Exception {
		TestFleet fleet = fleet("exit 3");
		this.children.processes.get(0).waitFor();
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(fleet.webServer(0)::start)
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(3))
			.withMessageContaining("The child in slot 0 (pid " + this.children.processes.get(0).pid() + ") ended");
		assertThat(fleet.events).last().isInstanceOf(ChildExited.class);
		assertThat(this.children.processes).hasSize(1);
	}

	@Test
	void startWhenPortIsInUseKillsIt() throws Exception {
		TestFleet fleet = fleet(TestFleet.SLEEP);
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(fleet.webServer(other.getLocalPort())::start);
		}
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
	}

	@Test
	void closeWhenAdoptedLeavesIt() throws Exception {
		EarlyChild early = this.children.launch(SETTINGS);
		TestFleet fleet = new TestFleet(this.children, early, SETTINGS);
		this.fleet = fleet;
		CompletableFuture<Void> started = CompletableFuture.runAsync(fleet.webServer(0)::start);
		Awaitility.await().atMost(DEADLINE).until(() -> !fleet.events.isEmpty());
		early.close();
		ChildChannel channel = fleet.ready();
		assertThat(started).succeedsWithin(DEADLINE);
		assertThat(this.children.processes.get(0).isAlive()).isTrue();
		channel.close();
	}

	@Test
	void closeKillsIt() {
		EarlyChild early = this.children.launch(SETTINGS);
		this.early = early;
		assertThat(this.children.processes.get(0).isAlive()).isTrue();
		assertThat(early.fits(SETTINGS)).isTrue();
		early.close();
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
		this.directory.assertEmpty();
		assertThat(early.fits(SETTINGS)).isFalse();
	}

	@Test
	void launchHasItLoadClassesIfAnotherProcessorIsIdle() {
		this.early = this.children.launch(SETTINGS);
		String option = "-Dio.github.prefork.load-classes=true";
		if (Runtime.getRuntime().availableProcessors() > 1) {
			assertThat(this.children.commands.get(0).command()).containsOnlyOnce(option);
		}
		else {
			assertThat(this.children.commands.get(0).command()).doesNotContain(option);
		}
	}

	@Test
	void launchWhenItFailsLeavesNothing() {
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(() -> EarlyChild.launch(SETTINGS, (command) -> {
			throw new IllegalStateException("planned");
		}));
		Awaitility.await().atMost(DEADLINE).until(() -> TestFleet.threads().isEmpty());
	}

	@Test
	void fleetWithLauncherKillsItAndLaunchesAnother() {
		this.early = this.children.launch(SETTINGS);
		new MasterFleet(SETTINGS, (command) -> null, new TestFleet("", SETTINGS), this.early);
		Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
	}

	@Test
	void fleetWithOtherSettingsOfChildrenKillsIt() {
		for (MasterSettings other : List.of(like(Duration.ofMillis(50), SETTINGS.drainTimeout(), SETTINGS.child()),
				like(SETTINGS.heartbeatInterval(), Duration.ofSeconds(2), SETTINGS.child()),
				like(SETTINGS.heartbeatInterval(), SETTINGS.drainTimeout(),
						new ChildSettings(2, List.of(), List.of(), Map.of())))) {
			this.early = this.children.launch(SETTINGS);
			new MasterFleet(other, null, new TestFleet("", SETTINGS), this.early);
			Awaitility.await().atMost(DEADLINE).until(this.children::areGone);
		}
	}

	private static MasterSettings like(Duration heartbeat, Duration drain, ChildSettings child) {
		return new MasterSettings(SETTINGS.mode(), SETTINGS.network(), SETTINGS.backlog(), heartbeat, drain,
				SETTINGS.supervisor(), child, SETTINGS.reason());
	}

	private TestFleet fleet(String script) {
		this.early = this.children.launch(script, SETTINGS);
		TestFleet fleet = new TestFleet(this.children, this.early, SETTINGS);
		this.fleet = fleet;
		return fleet;
	}

}
