package io.github.prefork.scenario.faulty;

import java.time.Duration;

import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Responses without an end.
 */
@RestController
class StreamController {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> events() {
		// The client reads nothing for a while, or the machine is busy
		return Flux.interval(INTERVAL).onBackpressureDrop().map(Object::toString);
	}

}
