package io.github.prefork.web;

import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.web.app.WebApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * HTTPS and HTTP/2 by the children, the management server beside them without TLS.
 */
@Timeout(120)
class HttpsIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void childrenWhenPemIsEmbeddedServeHttpsAndHttp2AndKnowTheirClients() throws Exception {
		Identity server = Identity.create(this.directory, "server");
		Identity client = Identity.create(this.directory, "client");
		FleetProcess fleet = this.fleets.mainClass(WebApplication.class.getName())
			.args("--prefork.children=2", "--server.address=127.0.0.1", "--server.http2.enabled=true",
					"--server.ssl.certificate=" + server.certificate(),
					"--server.ssl.certificate-private-key=" + server.privateKey(),
					"--server.ssl.trust-certificate=" + client.certificate(), "--server.ssl.client-auth=need",
					"--server.compression.enabled=true", "--management.server.address=127.0.0.2",
					"--management.server.ssl.enabled=false")
			.start();
		int port = fleet.port();
		SSLContext known = Tls.as(client, server);
		assertHttps(fleet, port, known);
		assertStreams(fleet, port, known);
		assertStrangersAreRefused(port, Tls.trusting(server));
		assertRoutes(fleet, port, known);
		assertManagement(fleet, port);
	}

	private static void assertHttps(FleetProcess fleet, int port, SSLContext known) throws Exception {
		assertThat(EachChild.answers(fleet, () -> Browser.https(port, known, Version.HTTP_2).get("/client")))
			.allSatisfy((answer) -> {
				assertThat(answer.detail()).isEqualTo("HTTP_2");
				assertThat(answer.text()).endsWith(" CN=client");
			});
		assertThat(EachChild.answers(fleet,
				() -> Browser.https(port, known, Version.HTTP_1_1).get("/long", "Accept-Encoding", "gzip")))
			.allSatisfy((answer) -> {
				assertThat(answer.detail()).isEqualTo("HTTP_1_1");
				assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
				assertThat(answer.text()).endsWith("xxx");
			});
	}

	private static void assertStreams(FleetProcess fleet, int port, SSLContext known) throws Exception {
		assertThat(EachChild.answers(fleet, () -> Events.read(Browser.https(port, known, Version.HTTP_2)))).allSatisfy(
				(answer) -> assertThat(answer.text()).isEqualTo("%1$d 0,%1$d 1,%1$d 2".formatted(answer.pid())));
		assertThat(EachChild.answers(fleet, () -> Talk.with(Browser.https(port, known, Version.HTTP_1_1))))
			.allSatisfy((answer) -> assertThat(answer.text()).isEqualTo("%1$d one,%1$d two".formatted(answer.pid())));
	}

	private static void assertRoutes(FleetProcess fleet, int port, SSLContext known) throws Exception {
		assertThat(EachChild.answers(fleet, () -> Browser.https(port, known, Version.HTTP_1_1).get("/functional")))
			.allSatisfy((answer) -> assertThat(answer.text()).endsWith(" with the service of " + answer.pid()));
		for (String name : List.of("functional route", "route service", "web socket mapping")) {
			assertThat(Created.by(fleet, name)).as(name).containsExactlyInAnyOrderElementsOf(fleet.childPids());
		}
		assertThat(Created.by(fleet, "health indicator")).as("the management server needs it").contains(fleet.pid());
	}

	private static void assertStrangersAreRefused(int port, SSLContext stranger) {
		for (int i = 0; i < 10; i++) {
			assertThatIOException().isThrownBy(() -> Browser.https(port, stranger, Version.HTTP_2).get("/"));
		}
	}

	private static void assertManagement(FleetProcess fleet, int port) throws IOException, InterruptedException {
		int management = fleet.managementPort();
		Browser browser = new Browser(Browser.http(management, Version.HTTP_1_1).client(),
				"http://127.0.0.2:" + management);
		assertThat(browser.get("/actuator/health").text()).contains("\"UP\"");
		assertThat(browser.get("/functional").status()).as("a route of the children").isEqualTo(404);
		assertThatIOException().isThrownBy(() -> Browser.http(management, Version.HTTP_1_1).get("/actuator/health"));
		assertThat(fleet.output()).anyMatch((line) -> line.endsWith("listening on port(s) " + port + " (https)"));
		assertThat(OpenPorts.of(fleet.pid())).isEqualTo(Set.of(port, management));
		for (long child : fleet.childPids()) {
			assertThat(OpenPorts.of(child)).isEqualTo(Set.of(port));
			assertThat(fleet.output())
				.anyMatch(Pattern.compile("\\b" + child + " --- .*Netty started on port " + port + " \\(https\\)")
					.asPredicate());
		}
	}

}
