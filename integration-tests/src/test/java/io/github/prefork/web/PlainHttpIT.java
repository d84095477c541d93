package io.github.prefork.web;

import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.web.app.WebApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP without TLS by the children, with all that configures the server, and the
 * management server beside them with TLS of its own.
 */
@Timeout(120)
class PlainHttpIT {

	private static final int LIMIT = 1024;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void childrenWhenServerIsConfiguredServeAsConfigured() throws Exception {
		Identity management = Identity.create(this.directory, "management");
		FleetProcess fleet = this.fleets.mainClass(WebApplication.class.getName())
			.args("--prefork.children=2", "--server.address=127.0.0.1", "--server.http2.enabled=true",
					"--server.forward-headers-strategy=native", "--server.netty.idle-timeout=2s",
					"--server.netty.max-keep-alive-requests=2", "--server.netty.max-initial-line-length=256B",
					"--server.netty.h2c-max-content-length=" + LIMIT + "B", "--server.netty.validate-headers=false",
					"--server.netty.initial-buffer-size=64B", "--web.customizers=true",
					"--management.server.address=127.0.0.1",
					"--management.server.ssl.key-store=" + management.keyStore(),
					"--management.server.ssl.key-store-password=" + Identity.PASSWORD)
			.managementPort((pid) -> Pattern.compile("\\b" + pid + " --- .*Netty started on port (\\d+) \\(https\\)"))
			.start();
		int port = fleet.port();
		assertHttp2(fleet, port);
		assertProperties(fleet, port);
		assertCustomizers(fleet, port);
		assertManagement(fleet, port, management);
	}

	private static void assertHttp2(FleetProcess fleet, int port) throws Exception {
		assertThat(EachChild.answers(fleet, () -> Browser.http(port, Version.HTTP_2).get("/")))
			.allSatisfy((answer) -> assertThat(answer.detail()).isEqualTo("HTTP_2"));
		assertThat(EachChild.answers(fleet, () -> priorKnowledge(port)))
			.allSatisfy((answer) -> assertThat(answer.detail()).isEqualTo("HTTP/2.0"));
		assertThat(
				EachChild.answers(fleet, () -> Browser.http(port, Version.HTTP_2).post("/length", "x".repeat(LIMIT))))
			.allSatisfy((answer) -> assertThat(answer.text()).endsWith(" " + LIMIT));
		for (int i = 0; i < 5; i++) {
			assertThat(Browser.http(port, Version.HTTP_2).post("/length", "x".repeat(LIMIT + 1)).status())
				.isEqualTo(413);
		}
	}

	private static Answer priorKnowledge(int port) {
		return HttpClient.newConnection()
			.protocol(HttpProtocol.H2C)
			.get()
			.uri("http://127.0.0.1:" + port + "/")
			.responseSingle((response, body) -> body.asString()
				.map((text) -> new Answer(text, response.status().code(), response.version().text(),
						(name) -> Optional.empty())))
			// On a busy machine a connection may have become idle before it was used
			.retry(3)
			.block(Duration.ofSeconds(10));
	}

	private static void assertProperties(FleetProcess fleet, int port) throws Exception {
		assertThat(EachChild.answers(fleet,
				() -> RawVisit.of(port,
						RawVisit.get("/", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https",
								"X-Forwarded-Host: shop.example", "Not@Valid: any"))))
			.as("forwarded headers, headers that are not valid, and the end of an idle connection")
			.allSatisfy((answer) -> assertThat(answer.text())
				.isEqualTo(answer.pid() + " https://shop.example/ from 203.0.113.7"));
		assertThat(EachChild.answers(fleet,
				() -> RawVisit.of(port, RawVisit.get("/"), RawVisit.get("/" + "x".repeat(256)))))
			.as("a request line that is too long, after one that is not")
			.allSatisfy((answer) -> assertThat(answer.detail()).contains("HTTP/1.1 200", "HTTP/1.1 414"));
		assertThat(EachChild.answers(fleet, () -> RawVisit.of(port, RawVisit.get("/"), RawVisit.get("/"))))
			.as("the end of a connection that takes two requests")
			.allSatisfy((answer) -> assertThat(answer.detail().toLowerCase(Locale.ROOT).split("http/1.1 200", -1))
				.hasSize(3)
				.satisfies((responses) -> assertThat(responses[2]).contains("connection: close"))
				.satisfies((responses) -> assertThat(responses[1]).doesNotContain("connection: close")));
	}

	private static void assertCustomizers(FleetProcess fleet, int port) throws Exception {
		assertThat(EachChild.answers(fleet,
				() -> Browser.http(port, Version.HTTP_1_1).get("/long", "Accept-Encoding", "gzip")))
			.allSatisfy((answer) -> {
				assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
				assertThat(answer.header("X-Server-Customizer")).isEqualTo("applied");
			});
		assertThat(EachChild.answers(fleet, () -> Browser.http(port, Version.HTTP_1_1).get("/route")))
			.allSatisfy((answer) -> assertThat(answer.text()).endsWith(" route"));
		assertThat(EachChild.answers(fleet, () -> Browser.http(port, Version.HTTP_1_1).get("/factory-route")))
			.allSatisfy((answer) -> assertThat(answer.text()).endsWith(" factory route"));
		List<String> output = fleet.output();
		for (long child : fleet.childPids()) {
			assertThat(output).contains("The server customizer is created in " + child,
					"The route provider is created in " + child);
		}
		assertThat(output).doesNotContain("The server customizer is created in " + fleet.pid(),
				"The route provider is created in " + fleet.pid());
		// They may set the port, which the master opens
		assertThat(output).contains("The netty factory customizer is created in " + fleet.pid(),
				"The reactive factory customizer is created in " + fleet.pid());
	}

	private static void assertManagement(FleetProcess fleet, int port, Identity identity) throws Exception {
		int management = fleet.managementPort();
		Answer health = Browser.https(management, Tls.trusting(identity), Version.HTTP_2).get("/actuator/health");
		assertThat(health.text()).contains("\"UP\"");
		assertThat(Browser.http(port, Version.HTTP_1_1).get("/actuator/health").status()).isEqualTo(404);
		assertThat(OpenPorts.of(fleet.pid())).isEqualTo(Set.of(port, management));
		for (long child : fleet.childPids()) {
			assertThat(OpenPorts.of(child)).isEqualTo(Set.of(port));
		}
	}

}
