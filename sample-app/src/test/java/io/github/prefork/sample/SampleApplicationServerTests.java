package io.github.prefork.sample;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application on real ports in this JVM: prefork stays out of the way.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
@AutoConfigureWebTestClient(timeout = "PT30S")
class SampleApplicationServerTests {

	@Autowired
	private WebTestClient client;

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@ParameterizedTest
	@ValueSource(strings = { "/", "/slow?ms=1", "/slow?ms=x", "/nothing-here" })
	void responseOverNetworkCarriesHeaders(String uri) {
		this.client.get()
			.uri(uri)
			.exchange()
			.expectHeader()
			.valueEquals("X-Prefork-Slot", "0")
			.expectHeader()
			.valueEquals("X-Prefork-Generation", "0")
			.expectHeader()
			.valueEquals("X-Prefork-Pid", Long.toString(ProcessHandle.current().pid()));
	}

	@Test
	void echoOverNetworkReturnsBody() {
		this.client.post()
			.uri("/echo")
			.bodyValue("over the network")
			.exchange()
			.expectBody(String.class)
			.isEqualTo("over the network");
	}

	@ParameterizedTest
	@ValueSource(strings = { "health", "metrics", "prometheus" })
	void managementPortServesEndpoint(String endpoint) {
		assertThat(this.managementPort).isNotEqualTo(this.port);
		managementClient().get().uri("/actuator/" + endpoint).exchange().expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "shutdown", "heapdump" })
	void managementPortDoesNotServeOtherEndpoint(String endpoint) {
		managementClient().get().uri("/actuator/" + endpoint).exchange().expectStatus().isNotFound();
	}

	private WebTestClient managementClient() {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.managementPort)
			.responseTimeout(Duration.ofSeconds(30))
			.build();
	}

}
