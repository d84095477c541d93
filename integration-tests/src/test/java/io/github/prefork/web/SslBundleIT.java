package io.github.prefork.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.web.app.WebApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SSL bundles of each form, chosen by the server's name, and one that is replaced.
 */
@Timeout(120)
class SslBundleIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void childrenWhenBundleIsReplacedPresentTheNewCertificateWithoutRestart() throws Exception {
		Identity embedded = Identity.create(this.directory, "embedded.test");
		Identity stored = Identity.create(this.directory, "stored.test");
		write(Identity.create(this.directory, "first"));
		FleetProcess fleet = this.fleets.mainClass(WebApplication.class.getName())
			.args("--prefork.children=2", "--server.address=127.0.0.1", "--management.server.port=-1")
			.args(bundles(embedded, stored))
			.start();
		int port = fleet.port();
		List<Long> children = fleet.childPids();
		assertPresented(fleet, "other.test", "CN=first");
		assertPresented(fleet, "embedded.test", "CN=embedded.test");
		assertPresented(fleet, "stored.test", "CN=stored.test");

		write(Identity.create(this.directory, "second"));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertPresented(fleet, "other.test", "CN=second"));
		assertPresented(fleet, "embedded.test", "CN=embedded.test");
		assertThat(fleet.childPids()).isEqualTo(children);
		assertNoActuator(fleet, port);
	}

	private String[] bundles(Identity embedded, Identity stored) {
		return new String[] { "--server.ssl.bundle=files",
				"--spring.ssl.bundle.pem.files.keystore.certificate=" + this.directory.resolve("tls.crt"),
				"--spring.ssl.bundle.pem.files.keystore.private-key=" + this.directory.resolve("tls.key"),
				"--spring.ssl.bundle.pem.files.reload-on-update=true", "--spring.ssl.bundle.watch.file.quiet-period=1s",
				"--spring.ssl.bundle.pem.embedded.keystore.certificate=" + embedded.certificate(),
				"--spring.ssl.bundle.pem.embedded.keystore.private-key=" + embedded.privateKey(),
				"--spring.ssl.bundle.jks.stored.keystore.location=" + stored.keyStore(),
				"--spring.ssl.bundle.jks.stored.keystore.type=PKCS12",
				"--spring.ssl.bundle.jks.stored.keystore.password=" + Identity.PASSWORD,
				"--server.ssl.server-name-bundles[0].server-name=embedded.test",
				"--server.ssl.server-name-bundles[0].bundle=embedded",
				"--server.ssl.server-name-bundles[1].server-name=stored.test",
				"--server.ssl.server-name-bundles[1].bundle=stored" };
	}

	private void write(Identity identity) throws IOException {
		replace("tls.crt", identity.certificate());
		replace("tls.key", identity.privateKey());
	}

	private void replace(String name, String content) throws IOException {
		Path written = Files.writeString(this.directory.resolve(name + ".new"), content);
		Files.move(written, this.directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
	}

	private static void assertPresented(FleetProcess fleet, String serverName, String subject) throws Exception {
		int port = fleet.port();
		assertThat(EachChild.answers(fleet, () -> TlsVisit.of(port, serverName, "/")))
			.allSatisfy((answer) -> assertThat(answer.detail()).isEqualTo(subject));
	}

	private static void assertNoActuator(FleetProcess fleet, int port) throws Exception {
		for (int i = 0; i < 5; i++) {
			assertThat(TlsVisit.of(port, "localhost", "/actuator/health").status()).isEqualTo(404);
		}
		assertThat(OpenPorts.of(fleet.pid())).isEqualTo(Set.of(port));
		for (long child : fleet.childPids()) {
			assertThat(OpenPorts.of(child)).isEqualTo(Set.of(port));
		}
	}

}
