package io.github.prefork.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.web.app.WebApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web servers that can't start.
 */
class WebFailureIT {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void keyStoreWhenItIsMissingFailsTheFirstChildAndTheMasterSaysWhereToLook() throws Exception {
		FleetProcess fleet = start("--server.ssl.key-store=/none/store.p12", "--server.ssl.key-store-password=any");
		assertFailed(fleet, 1, "Could not load store from '/none/store.p12'",
				"The child in slot 0 (pid %d) ended with exit code 1", "look for its lines above, they have its pid");
	}

	@Test
	void passwordWhenItIsWrongFailsTheFirstChild() throws Exception {
		Identity server = Identity.create(this.directory, "server");
		FleetProcess fleet = start("--server.ssl.key-store=" + server.keyStore(),
				"--server.ssl.key-store-password=wrong");
		assertFailed(fleet, 1, "keystore password was incorrect", "The child in slot 0 (pid %d) ended with exit code 1",
				"look for its lines above, they have its pid");
	}

	@Test
	void bundleWhenItIsBadFailsTheMaster() throws Exception {
		FleetProcess fleet = start("--server.ssl.bundle=web",
				"--spring.ssl.bundle.pem.web.keystore.certificate=/none/tls.crt",
				"--spring.ssl.bundle.pem.web.keystore.private-key=/none/tls.key");
		assertFailed(fleet, 0, "/none/tls.");
	}

	@Test
	void managementPortWhenItIsTakenFailsTheMaster() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			FleetProcess fleet = start("--management.server.port=" + taken.getLocalPort());
			assertFailed(fleet, 0, "Web server failed to start. Port " + taken.getLocalPort() + " was already in use");
		}
	}

	private FleetProcess start(String... args) throws IOException {
		return this.fleets.mainClass(WebApplication.class.getName())
			.args("--prefork.children=2", "--server.address=127.0.0.1")
			.args(args)
			.start();
	}

	private static void assertFailed(FleetProcess fleet, int launched, String... explanations) throws Exception {
		assertThat(fleet.awaitExit(DEADLINE)).isEqualTo(1);
		fleet.awaitNoProcess(DEADLINE);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(fleet.output()).filteredOn((line) -> line.contains(") launched")).hasSize(launched);
		String output = String.join("\n", fleet.output()).replaceAll("\\(pid \\d+\\)", "(pid %d)");
		assertThat(output).contains(explanations);
	}

}
