package io.github.prefork.web.app;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what it sees of a request.
 */
@RestController
class WebController {

	private static final int LONG = 4096;

	private final long pid = ProcessHandle.current().pid();

	private final Sinks.Many<Integer> events = Sinks.many().multicast().directBestEffort();

	@GetMapping("/")
	String request(ServerHttpRequest request) {
		return this.pid + " " + request.getURI() + " from " + request.getRemoteAddress().getHostString();
	}

	@GetMapping("/client")
	String client(ServerHttpRequest request) {
		SslInfo ssl = request.getSslInfo();
		return this.pid + " " + ssl.getPeerCertificates()[0].getSubjectX500Principal();
	}

	@GetMapping("/long")
	String longText() {
		return this.pid + " " + "x".repeat(LONG);
	}

	@PostMapping("/length")
	String length(@RequestBody String body) {
		return this.pid + " " + body.length();
	}

	/**
	 * Return an event at once, and one more for each request to {@link #next}.
	 * @return the events
	 */
	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> events() {
		return Flux.just(0).concatWith(this.events.asFlux()).map((number) -> this.pid + " " + number).take(3);
	}

	@PostMapping("/next")
	String next(@RequestBody String number) {
		this.events.tryEmitNext(Integer.parseInt(number)).orThrow();
		return this.pid + " ok";
	}

}
