package io.github.prefork.web;

import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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

/**
 * HTTPS with a key store, the actuator on the same port, and a customizer that wants what
 * it can't have.
 */
@Timeout(120)
class SamePortIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void childrenWhenManagementHasNoPortServeTheActuatorToo() throws Exception {
		Identity server = Identity.create(this.directory, "server");
		FleetProcess fleet = this.fleets.mainClass(WebApplication.class.getName())
			.args("--prefork.children=2", "--server.address=127.0.0.1", "--server.ssl.key-store=" + server.keyStore(),
					"--server.ssl.key-store-password=" + Identity.PASSWORD,
					"--server.forward-headers-strategy=framework", "--web.misfit=true", "--management.server.port=",
					"--management.endpoints.web.exposure.include=info,health", "--management.info.process.enabled=true")
			.start();
		int port = fleet.port();
		SSLContext context = Tls.trusting(server);
		assertThat(EachChild.answers(fleet,
				() -> Browser.https(port, context, Version.HTTP_2)
					.get("/", "X-Forwarded-For", "203.0.113.7", "X-Forwarded-Host", "shop.example")))
			.allSatisfy((answer) -> {
				assertThat(answer.detail()).as("without server.http2.enabled").isEqualTo("HTTP_1_1");
				assertThat(answer.text()).endsWith(" https://shop.example/ from 203.0.113.7");
			});
		assertThat(EachChild.answers(fleet,
				() -> Answer.of(pid(Browser.https(port, context, Version.HTTP_1_1).get("/actuator/info").text()))))
			.hasSize(2);
		assertRoutes(fleet, () -> Browser.https(port, context, Version.HTTP_1_1));
		assertThat(OpenPorts.of(fleet.pid())).isEqualTo(Set.of(port));
		for (long child : fleet.childPids()) {
			assertThat(OpenPorts.of(child)).isEqualTo(Set.of(port));
			assertThat(fleet.output()).anyMatch(Pattern
				.compile("WARN " + child + " .*told.* to listen on /?127.0.0.9:1. It listens on /127.0.0.1:" + port)
				.asPredicate());
		}
	}

	private static void assertRoutes(FleetProcess fleet, Supplier<Browser> browser) throws Exception {
		assertThat(EachChild.answers(fleet, () -> browser.get().get("/functional")))
			.allSatisfy((answer) -> assertThat(answer.text()).endsWith(" with the service of " + answer.pid()));
		for (String name : List.of("functional route", "route service", "web socket mapping", "health indicator")) {
			assertThat(Created.by(fleet, name)).as(name).containsExactlyInAnyOrderElementsOf(fleet.childPids());
		}
	}

	private static String pid(String info) {
		return info.replaceFirst(".*\"pid\":(\\d+).*", "$1");
	}

}
