package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.PreforkEndpoint;
import io.github.prefork.actuate.StubFleet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkEndpointAutoConfiguration} and
 * {@link PreforkManagementContextConfiguration}, with a server.
 */
class PreforkEndpointAutoConfigurationTests {

	private static final String EXPOSED = "--management.endpoints.web.exposure.include=prefork";

	private final StubFleet fleet = new StubFleet(PreforkRole.CHILD);

	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void endpointIsNotExposedByDefault() {
		WebTestClient client = start();
		assertThat(this.context.getBeanNamesForType(PreforkEndpoint.class)).isEmpty();
		client.get().uri("/actuator/prefork").exchange().expectStatus().isNotFound();
	}

	@Test
	void fleetIsJson() {
		start(EXPOSED).get().uri("/actuator/prefork").exchange().expectStatus().isOk().expectBody().json("""
				{"role": "CHILD", "generation": 5, "desired": 2, "ready": 1, "minReady": 1, "maxChildren": 4,
					"recoveryExceeded": false,
					"children": [
						{"slot": 0, "generation": 5, "pid": 100, "state": "ready", "stalled": false,
							"uptime": "PT1M3.456S"},
						{"slot": 1, "generation": 4, "pid": 101, "state": "leaving", "stalled": true,
							"uptime": "PT0S"}],
					"listeners": {"mode": "reuseport", "port": 8080, "queues": [0, 3]},
					"operations": []}
				""");
	}

	@Test
	void operationNeedsNoBody() {
		this.fleet.answer(new OperationReport(1, new Operation.Restart(), Instant.EPOCH, Duration.ZERO, null));
		start(EXPOSED).post()
			.uri("/actuator/prefork/restart?wait=0")
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectBody()
			.json("""
					{"id": 1, "operation": "restart", "outcome": "running", "startedAt": "1970-01-01T00:00:00Z",
						"duration": "PT0S"}
					""", JsonCompareMode.STRICT);
		assertThat(this.fleet.asked()).hasSize(1);
	}

	@Test
	void operationTakesJsonAndQuery() {
		this.fleet.answer(new OperationReport(1, new Operation.Scale(3), Instant.EPOCH, Duration.ZERO, null));
		WebTestClient client = start(EXPOSED, "--spring.main.lazy-initialization=true");
		post(client, "scale?wait=5s", "{\"children\": 3}").expectStatus().isAccepted();
		post(client, "recycle", "{\"slot\": \"0\", \"wait\": \"5s\"}").expectStatus().isAccepted();
		client.post().uri("/actuator/prefork/scale?children=4").exchange().expectStatus().isAccepted();
		assertThat(this.fleet.asked()).map(Object::toString)
			.containsExactly("[Scale[children=3], PT5S]", "[Recycle[slot=0], PT5S]", "[Scale[children=4], PT30S]");
	}

	@Test
	void operationWhenRequestIsBadSaysWhyWithoutStackTrace() {
		WebTestClient client = start(EXPOSED);
		post(client, "scale", "{\"children\": \"many\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.json("{\"success\": false, \"reason\": \"'children' must be a whole number of at least 1, not 'many'\"}");
		assertThat(post(client, "scale", "{\"children\"").expectStatus()
			.isBadRequest()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()).doesNotContain("Exception", "\tat ");
		post(client, "recycle?slot=1&slot=2", "{}").expectStatus().isBadRequest();
		client.post()
			.uri("/actuator/prefork/scale")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("3")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
		post(client, "stop", "{}").expectStatus().isNotFound();
	}

	@Test
	void operationWhenAccessIsReadOnlyIsNotThere() {
		WebTestClient client = start(EXPOSED, "--management.endpoint.prefork.access=read-only");
		client.get().uri("/actuator/prefork").exchange().expectStatus().isOk();
		client.post().uri("/actuator/prefork/restart").exchange().expectStatus().is4xxClientError();
		assertThat(this.fleet.asked()).isEmpty();
	}

	@Test
	void endpointWhenThereIsNoAccessIsNotThere() {
		WebTestClient client = start(EXPOSED, "--management.endpoints.access.default=none");
		client.get().uri("/actuator/prefork").exchange().expectStatus().isNotFound();
	}

	@Test
	void operationOnPortOfManagementNeedsNoBody() {
		this.fleet.answer(new OperationReport(1, new Operation.Restart(), Instant.EPOCH, Duration.ZERO, null));
		start(EXPOSED, "--management.server.port=0", "--management.endpoints.web.base-path=/",
				"--management.endpoints.web.path-mapping.prefork=fleet");
		client("local.management.port").post().uri("/fleet/restart").exchange().expectStatus().isAccepted();
	}

	private WebTestClient start(String... arguments) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.registerShutdownHook(false)
			.properties("spring.main.banner-mode=off", "server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s")
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("prefork", StubFleet.class,
					() -> this.fleet))
			.run(arguments);
		return client("local.server.port");
	}

	private WebTestClient client(String port) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.context.getEnvironment().getProperty(port))
			.build();
	}

	private static WebTestClient.ResponseSpec post(WebTestClient client, String path, String body) {
		return client.post()
			.uri("/actuator/prefork/" + path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
