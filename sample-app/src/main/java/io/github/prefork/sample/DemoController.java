package io.github.prefork.sample;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Breaks the process that serves the request, to see what the fleet does. Exists only
 * with {@code sample.demo.enabled=true}: anybody who can call it can stop a child.
 */
@RestController
@ConditionalOnBooleanProperty("sample.demo.enabled")
@RequestMapping(method = { RequestMethod.GET, RequestMethod.POST })
class DemoController {

	private static final Limit HANG_SECONDS = new Limit("seconds", 600);

	private final Faults faults;

	DemoController(Faults faults) {
		this.faults = faults;
	}

	/**
	 * End this process without an answer.
	 * @return never
	 */
	@RequestMapping("/crash")
	Mono<Void> crash() {
		return Mono.fromRunnable(this.faults::crash);
	}

	/**
	 * Let this process run out of heap.
	 * @return the answer, which may get lost as memory runs out
	 */
	@RequestMapping("/oom")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Outcome> oom() {
		return Mono.fromSupplier(() -> {
			long start = System.nanoTime();
			this.faults.exhaustHeap();
			return Outcome.since(start, "filling the heap");
		});
	}

	/**
	 * Block the event loop that serves this request, and every other connection on it.
	 * @param seconds how long, in seconds
	 * @return the answer, after that time
	 */
	@RequestMapping("/hang")
	Mono<Outcome> hang(@RequestParam(defaultValue = "5") String seconds) {
		Duration time = Duration.ofSeconds(HANG_SECONDS.read(seconds));
		return Mono.fromSupplier(() -> {
			long start = System.nanoTime();
			this.faults.block(time);
			return Outcome.since(start, "blocked the event loop for %d s".formatted(time.toSeconds()));
		});
	}

}
