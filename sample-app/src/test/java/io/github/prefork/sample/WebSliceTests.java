package io.github.prefork.sample;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/**
 * Tests for the controllers and the filter as they are in the child of slot 3.
 */
@WebFluxTest
class WebSliceTests {

	private static final long PID = ProcessHandle.current().pid();

	@Autowired
	private WebTestClient client;

	@Test
	void homeTellsSlotGenerationPidAndRole() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"slot\":3,\"generation\":2,\"pid\":%d,\"role\":\"CHILD\"}".formatted(PID));
	}

	@ParameterizedTest
	@CsvSource({ "/, 200", "/slow?ms=1, 200", "/slow?ms=-1, 400", "/nothing-here, 404", "/echo, 405" })
	void filterAddsHeadersToEveryResponse(String uri, int status) {
		this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.valueEquals("X-Prefork-Slot", "3")
			.expectHeader()
			.valueEquals("X-Prefork-Generation", "2")
			.expectHeader()
			.valueEquals("X-Prefork-Pid", Long.toString(PID));
	}

	@ParameterizedTest
	@CsvSource({ "/slow, waited 100 ms", "/slow?ms=0, waited 0 ms", "/slow?ms=3, waited 3 ms",
			"/alloc, allocated 64 KiB", "/alloc?kb=0, allocated 0 KiB", "/alloc?kb=100, allocated 100 KiB",
			"/alloc?kb=16384, allocated 16384 KiB", "/cpu, computed for 10 ms", "/cpu?ms=0, computed for 0 ms" })
	void workWhenWithinBoundsSaysWhatWasDone(String uri, String done) {
		this.client.get().uri(uri).exchange().expectStatus().isOk().expectBody().jsonPath("$.done").isEqualTo(done);
	}

	@ParameterizedTest
	@CsvSource({ "/slow?ms=60001, ms, 60000", "/slow?ms=-1, ms, 60000", "/slow?ms=soon, ms, 60000",
			"/slow?ms=99999999999999999999, ms, 60000", "/slow?ms=1.5, ms, 60000", "/alloc?kb=16385, kb, 16384",
			"/alloc?kb=-5, kb, 16384", "/cpu?ms=10001, ms, 10000" })
	void workWhenOutOfBoundsIsRefusedWithReason(String uri, String name, int max) {
		this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'%s' must be a whole number from 0 to %d".formatted(name, max));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded",
			"application/octet-stream" })
	void echoReturnsBodyWithItsType(String type) {
		byte[] body = "{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8);
		this.client.post()
			.uri("/echo")
			.header(HttpHeaders.CONTENT_TYPE, type)
			.body(BodyInserters.fromDataBuffers(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(body))))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(type)
			.expectBody(byte[].class)
			.isEqualTo(body);
	}

	@Test
	void echoWhenTypeIsNotConcreteReturnsBytes() {
		this.client.post()
			.uri("/echo")
			.header(HttpHeaders.CONTENT_TYPE, "*/*")
			.body(BodyInserters.fromDataBuffers(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]))))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_OCTET_STREAM);
	}

	@Test
	void echoWhenTypeIsNoMediaTypeIsRefused() {
		this.client.post()
			.uri("/echo")
			.header(HttpHeaders.CONTENT_TYPE, "nonsense")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void echoWhenBodyIsAbsentReturnsNothing() {
		this.client.post().uri("/echo").exchange().expectStatus().isOk().expectBody().isEmpty();
	}

	@Test
	void echoWhenBodyIsLargeReturnsIt() {
		byte[] body = new byte[1024 * 1024];
		Arrays.fill(body, (byte) 'x');
		this.client.mutate()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(2 * body.length))
			.build()
			.post()
			.uri("/echo")
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(byte[].class)
			.isEqualTo(body);
	}

	@Test
	void echoWhenBodyIsTooLargeIsRefused() {
		this.client.post()
			.uri("/echo")
			.bodyValue(new byte[1024 * 1024 + 1])
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/crash", "/oom", "/hang" })
	void demoWhenNotEnabledIsAbsent(String uri) {
		this.client.get().uri(uri).exchange().expectStatus().isNotFound();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ChildConfiguration {

		@Bean
		Prefork prefork() {
			return new StubPrefork(PreforkRole.CHILD, 3, 2);
		}

	}

}
